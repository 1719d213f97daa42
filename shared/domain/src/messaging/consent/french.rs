//! How French refuses.

use super::grammar::Vocabulary;

pub(super) const FRENCH: Vocabulary = Vocabulary {
    classes: &[
        ("please", "s il vous plaît|s il te plaît|svp|stp"),
        (
            "at times",
            "à (1h|2h|3h|4h|5h|6h|7h|22h|23h|minuit|(1|2|3|4|5|6|7|22|23) (h|heures)) [du matin|du soir|de la nuit]|(la|en pleine|au milieu de la) nuit|\
             (si|aussi|trop) (tard|tôt|souvent)|à cette heure|tous les (jours|soirs)|tout le temps|sans arrêt",
        ),
        (
            "at once",
            "maintenant|immédiatement|tout de suite|enfin|une bonne fois pour toutes|dès maintenant|de suite|sur le champ",
        ),
        ("when", "<at once>|<at times>"),
        ("again", "jamais|à l avenir|du tout|désormais"),
        (
            "messages",
            "messages|message|sms|textos|texto|mails|mail|e mails|emails|courriels|pub|pubs|publicité|publicités|spam|spams|notifications|sollicitations|rappels|rappel|alertes|envois|relances|\
             promos|promotions|whatsapp|(messages|sms|mails|textos) (publicitaires|commerciaux|promotionnels)",
        ),
        (
            "these",
            "[tous] (les|vos|tes|ces|leurs)|de|d|des|aucun|aucuns|autant de|d autres|votre|cette|la|aucune|le moindre",
        ),
        (
            "from",
            "de votre part|de vous|de chez vous|de votre entreprise|de votre société|à ce numéro|sur ce numéro|sur mon (téléphone|portable)",
        ),
        (
            "to reach",
            "(m|nous) (écrire|appeler|embêter|importuner|emmerder|harceler|ennuyer|joindre|agacer)|(me|nous) (contacter|déranger|harceler|\
                      spammer|relancer|texter|solliciter|textoter|faire chier|joindre|saouler|soûler|recontacter|rappeler|démarcher)",
        ),
        ("to send", "(m|nous) (envoyer|adresser)|envoyer"),
        (
            "reach",
            "(m|nous) (écrivez|écris|embêtez|embête|importunez|harcelez|ennuyez)|(me|nous) (contactez|contacte|dérangez|dérange|harcelez|\
                   relancez|relance|textez|texte|sollicitez|spammez|recontactez|démarchez)",
        ),
        ("send", "(m|nous) (envoyez|envoie|envoies|adressez)"),
        (
            "list",
            "(de|sur) (votre|vos|la|cette|toutes vos|ta|tes) (liste|listes|fichier|fichiers|base|base de données|liste de (diffusion|contacts|\
                  clients|contact|envoi)|contacts|système|répertoire|mailing list|mailing|carnet d adresses|listing)",
        ),
        (
            "erase me",
            "(désabonnez|désinscrivez|retirez|supprimez|enlevez|effacez|rayez|ôtez|sortez|désabonne|désinscris|retire|enlève|supprime|efface|sors|virez|vire) (moi|nous)",
        ),
        (
            "to erase me",
            "(me|nous) (désabonner|désinscrire|retirer|supprimer|rayer|sortir|virer)|(m|nous) (enlever|effacer|ôter|en désinscrire)",
        ),
        (
            "erase",
            "supprimez|supprime|effacez|efface|retirez|retire|oubliez|oublie|enlevez|enlève|perdez|perds|supprimer|effacer|retirer|oublier",
        ),
    ],
    firm: &[
        "(arrête|arrêtez|arrêter|cessez|cesse|cesser|stop|arrêt) [<please>] [<when>] de <to reach> [<when>]",
        "(arrête|arrêtez|arrêter|cessez|cesse|cesser) [<please>] [<when>] [d|de] <to send> [<these>] [<messages>|tout ça|ça] [<from>] [<when>]",
        "(arrêtez|arrête|arrêter|cessez|stop|stoppez|stopper|stop à|stop aux|arrêtez avec|stop avec|assez de|assez avec|halte à|halte aux|marre de) [<please>] [<these>] <messages> [<from>] [<when>]",
        "[ne] <reach> plus [<again>] [<please>] [<again>]",
        "ne me (rappelez|appelez|rappelle) plus [<again>]",
        "ne m appelez plus [<again>]",
        "ne (me|m) (contactez|écrivez|relancez|dérangez) pas",
        "[ne] <send> (plus|plus jamais|pas) [<please>] (<these> <messages>|rien|<messages>) [<from>]",
        "[de] (ne plus|ne pas|ne plus jamais) (<to reach>|<to send> <these> <messages>) [<from>] [<again>]",
        "(je ne|nous ne|on ne) (veux|voulons|veut|souhaite|souhaitons|désire|désirons) (plus|pas|plus du tout|plus jamais) [recevoir|avoir] <these> [autres] <messages> [<from>]",
        "je ne (veux|souhaite|désire) (plus|pas|plus jamais) être (contacté|contactée|dérangé|dérangée|sollicité|sollicitée|relancé|relancée|démarché|démarchée|harcelé) [<from>] [<again>]",
        "je ne (veux|souhaite) plus (entendre parler de vous|de (nouvelles|contact) <from>|que vous (m écriviez|me contactiez|me relanciez|m envoyiez <these> <messages>)|<to reach>|figurer <list>|être <list>)",
        "plus (aucun|un seul|jamais de|aucune) <messages> [<please>] [<from>]",
        "plus de (rappels|pub|publicité|spam|sollicitations)",
        "plus de <messages> (merci|<please>)",
        "(arrêter|cesser|ne plus) [de] recevoir [<these>] <messages> [<from>]",
        "(résilier|résiliez|désactiver|désactivez|désactive|couper|coupez) [<these>] <messages> [par (sms|mail|texto)]",
        "<erase me> [<please>] [<list>] [<when>]",
        "<to erase me> [<list>|de (ces|vos|tous vos|ce) (messages|sms|service|envois)] [<when>]",
        "(se désabonner|se désinscrire|désabonnement|désinscription|désabonner|désinscrire|désabonnez|désinscrivez|désabo|désabonné)",
        "je (me désabonne|me désinscris|souhaite être (retiré|retirée|désinscrit|désinscrite|supprimé|supprimée) [<list>])",
        "être (retiré|retirée|désinscrit|désinscrite|supprimé|supprimée|désabonné|désabonnée) [<list>]",
        "<erase> (mon|ce) (numéro|numéro de téléphone|tel|contact|portable|téléphone) [<list>] [<when>]",
        "(laissez|laisse|fichez|foutez|fiche|fous) (moi|nous) (tranquille|tranquilles|la paix|en paix) [<when>]",
        "(je|j) (retire|révoque|annule) mon (consentement|accord|autorisation)",
        "stop (pub|sms|publicité|message|messages)",
        "(allez vous faire foutre|va te faire foutre|dégagez|dégage|va chier|cassez vous)",
    ],
    bare: &["(stop|arrêt|arrêter|arrêtez|arrête) [<please>] [tout|ça|tout ça|cela] [<at once>]", "cessez"],
    polite: &[
        "<please>",
        "[non|ok] (merci|merci beaucoup|merci bien|merci d avance|par avance merci|je vous remercie|mille mercis) [de (votre compréhension|bien vouloir)|quand même]",
        "(bonjour|bonsoir|salut|coucou|au revoir|bonne (journée|soirée)|cordialement|adieu|ok|okay|d accord|bon|désolé|désolée|pardon|excusez moi|dites|écoutez)",
        "(oui|ouais)",
        "(monsieur|madame|messieurs|mesdames|mademoiselle|les gars|l ami)",
        "[mais] (putain|merde|bordel|connard|connards|idiots|idiot|con|cons|crétins|abrutis|enfoirés|arnaqueurs|bande d (idiots|abrutis)|bande de cons|pénible|pénibles|relous)",
        "(je ne suis|je suis|nous ne sommes|on n est|on est) (pas|plus|pas du tout|plus du tout) (intéressé|intéressée|intéressés)",
        "(pas|plus|pas du tout) (intéressé|intéressée|intéressés)",
        "(ça|cela) [ne] (m|nous) intéresse (pas|plus|pas du tout)",
        "[c est un|vous avez le|vous avez un|c est le|vous faites un] (mauvais|faux) numéro",
        "(erreur de (numéro|destinataire)|vous vous trompez [de (numéro|personne)]|vous vous êtes trompé de numéro)",
        "(enfin|sérieusement|franchement|je répète|pour la dernière fois|dernier avertissement|une fois pour toutes|et|c est bon|bon sang)",
    ],
    reasons: &[
        "(non|oui|mais|car|parce que|ou|sinon)",
        "(pouvez vous|pourriez vous|peux tu|pourrais tu|voulez vous|vous pouvez|vous pourriez|tu peux|veuillez|merci de|merci de bien vouloir|prière de|merci d|je voudrais|je souhaite|je souhaiterais|je veux|j aimerais|je désire|nous souhaitons|il faut|vous devez|je vais) [bien] [svp|s il vous plaît]",
        "(comment|comment puis je|comment faire pour|comment je peux|où puis je)",
        "je vous (demande|prie|ai demandé|ai déjà demandé|ai dit|ai déjà dit|supplie|ordonne) [de|d]",
        "j ai [déjà] (demandé|dit|écrit) [deux fois|plusieurs fois] [de|d]",
        "[j ai|nous avons|on a] [déjà] (trouvé|choisi|pris|engagé) (quelqu un|quelqu un d autre|un autre|une autre (entreprise|société)|un autre (artisan|dentiste|couvreur|garage|prestataire)|un artisan|ailleurs)",
        "(c est [déjà] (fait|réglé|réparé|trop cher|du harcèlement|du spam|pénible|illégal|insupportable|une arnaque|trop)|trop cher|vous êtes trop chers|ça suffit|ça commence à bien faire|y en a marre|j en ai (marre|assez))",
        "[j ai|nous avons] (déménagé|vendu (la|ma|notre) maison|changé d avis)",
        "je n (en ai plus besoin|ai plus besoin de (vous|vos services|rien)|ai rien demandé|ai jamais (rien demandé|demandé ça|donné mon accord|donné mon numéro)|ai besoin de rien)",
        "(je ne vous connais pas|qui êtes vous|c est qui|qui est ce|je ne sais pas qui vous êtes|je ne suis pas client|je ne suis pas cliente|je suis locataire|ce n est pas moi|je ne suis pas cette personne)",
        "[ou|sinon] je (vais porter plainte|porte plainte|vous (bloque|signale|dénonce)|vais vous (bloquer|signaler)|saisis la cnil|contacte la cnil|signale à la cnil)",
        "(trop de|beaucoup trop de|autant de) messages",
    ],
};
