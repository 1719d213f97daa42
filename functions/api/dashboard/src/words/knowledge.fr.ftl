# The pages
nav-knowledge = Connaissances
knowledge-documents = Documents
knowledge-pairs = Questions et réponses
knowledge-gaps = Encore sans réponse
knowledge-text = Votre assistant répond à partir de ce que vous mettez ici et dit où il l’a lu. Ce qu’il ne trouve nulle part, il le demande à votre équipe.
knowledge-location = Site
knowledge-everywhere = Tous les sites
knowledge-category = Catégorie
knowledge-category-hint = Un mot qui dit de quoi il s’agit, par exemple tarifs.

# Adding documents
document-add = Ajouter des documents
document-files = Fichiers
document-files-hint = Choisissez-en un ou plusieurs, ou déposez-les sur cette page : PDF, Word (DOCX), Excel (XLSX), CSV, HTML, Markdown ou texte, { $size } au plus chacun.
document-file-hint = PDF, Word (DOCX), Excel (XLSX), CSV, HTML, Markdown ou texte, { $size } au plus.
document-more = Site et catégorie
document-replaces = Un fichier qui porte le nom d’un document le remplace
do-upload = Envoyer
upload-waits = en attente
upload-runs = envoi en cours
upload-sent = envoyé ; la lecture suit
upload-lost = L’envoi a échoué. Vérifiez votre connexion et réessayez.
upload-again = Renvoyer
upload-empty = Ce fichier est vide.
upload-too-large = Il dépasse { $size }. Divisez-le ou enregistrez-le en plus petit.
upload-wrong-kind = Les fichiers de ce type ne peuvent pas être lus. Enregistrez-le en PDF, DOCX, XLSX, CSV, HTML, Markdown ou texte.
upload-done = Envoyés : {"{}"}. La lecture commence, et cette page montre où elle en est.
upload-some-failed = Envoyés : {"{}"} sur {"{}"}. Ce qui ne va pas avec les autres est indiqué à côté.

# The list
documents-title = Ce que sait votre assistant
documents-empty = Rien pour l’instant. Ajoutez une liste de prix, une page de votre site ou ce que les clients demandent souvent ; une minute plus tard, votre assistant s’en sert pour répondre.
documents-none-match = Aucun document ne correspond.
documents-count =
    { $count ->
        [one] { $count } document
       *[other] { $count } documents
    }
documents-on-page =
    { $count ->
        [one] { $count } document sur cette page
       *[other] { $count } documents sur cette page
    }
document-count-ready =
    { $count ->
        [one] { $count } prêt
       *[other] { $count } prêts
    }
document-count-reading =
    { $count ->
        [one] { $count } en cours de lecture
       *[other] { $count } en cours de lecture
    }
document-count-failed =
    { $count ->
        [one] { $count } illisible
       *[other] { $count } illisibles
    }
document-status-waiting-for-file = attend son fichier
document-status-queued = attend d’être lu
document-status-reading = en cours de lecture
document-status-ready = prêt
document-status-failed = illisible
document-told-ready = { $name } est prêt.
document-told-failed = { $name } n’a pas pu être lu.
format-pdf = PDF
format-docx = Word
format-xlsx = Excel
format-csv = CSV
format-html = page web
format-markdown = Markdown
format-text = texte
format-faq = questions et réponses
document-pages =
    { $count ->
        [one] { $count } page
       *[other] { $count } pages
    }
document-chunks =
    { $count ->
        [one] { $count } extrait
       *[other] { $count } extraits
    }
document-unread =
    { $count ->
        [one] { $count } page n’a pas pu être lue
       *[other] { $count } pages n’ont pas pu être lues
    }
size-kb = { $size } Ko
size-mb = { $size } Mo

# Why a document could not be read
document-failure-unknown-format = Les fichiers de ce type ne peuvent pas être lus. Enregistrez-le en PDF, DOCX, XLSX, CSV, HTML, Markdown ou texte.
document-failure-damaged = Le fichier est abîmé ou n’est pas ce que dit son nom. Enregistrez-le de nouveau et remplacez-le.
document-failure-protected = Le fichier est protégé par un mot de passe. Enregistrez-le sans et remplacez-le.
document-failure-too-large = Le fichier est trop volumineux ou a trop de pages. Divisez-le.
document-failure-empty = Il n’y a rien à lire dans ce fichier.
document-failure-only-images = Toutes ses pages sont des images sans texte. Remplacez-le par un fichier dont le texte peut être sélectionné.
document-failure-index-full = Avec vos autres documents, c’est plus que ce qui peut être gardé. Supprimez ceux dont vous n’avez pas besoin.
document-failure-took-too-long = La lecture a duré trop longtemps. Divisez le fichier ou enregistrez-le dans un autre format.

# One document
back-to-knowledge = Retour aux documents
document-kind = Type
document-size = Taille
document-page-count = Pages
document-chunk-count = Extraits
document-languages = Langues
document-uploaded = Ajouté
document-ready-at = Prêt depuis
document-unread-image = Images sans texte
document-unread-broken = Pages abîmées
document-unread-text = Votre assistant ne sait rien de ce qui est sur ces pages. Remplacez le fichier par un autre dont le texte peut être sélectionné.
document-page-list = pages { $pages }
document-change = Nom et lieu
document-name = Nom
document-replace = Remplacer le fichier
document-replace-text = Votre assistant répond à partir de l’ancienne version jusqu’à ce que la nouvelle soit lue.
document-file = Nouvelle version
document-remove = Supprimer
document-remove-text = Votre assistant ne s’en sert plus pour répondre. Le fichier disparaît aussi : c’est définitif.
do-document-remove = Supprimer ce document
done-document-remove = Le document est supprimé.
knowledge-clear = Tout supprimer
knowledge-clear-text = Tous les documents et toutes les questions avec leurs réponses disparaissent pour toujours. C’est définitif.
knowledge-clear-confirm = Saisissez { $name } pour confirmer
done-knowledge-clear = Tout est supprimé.

# Questions with their answers
pairs-text = Une réponse que vous écrivez est donnée mot pour mot. Traitez un seul sujet dans chacune.
pairs-settings = La courte liste de vos réglages sert aussi.
pairs-one = En ajouter une
pairs-many = En ajouter plusieurs à la fois
pairs-list = Liste
pairs-new-list = Une nouvelle liste
pairs-name = Nom de la nouvelle liste
pairs-first-name = Ce que demandent les clients
pair-question = Question
pair-answer = Réponse
pair-line = Ligne
do-pair-add = Ajouter
done-pair-add = La réponse est ajoutée.
pairs-paste = Vos questions et réponses
pairs-paste-hint = Collez deux colonnes d’un tableur, écrivez « Q : » et « R : » devant, ou chaque question avec sa réponse en dessous.
pairs-count = Comprises : {"{}"}. Non comprises : {"{}"}.
pairs-understood = Ce qui a été compris
pairs-rest = Et {"{}"} de plus.
pairs-wrong = Ce qui n’a pas été compris
pairs-line = Ligne {"{}"} :
pairs-no-question = Ceci n’appartient à aucune question.
pairs-no-answer = Cette question n’a pas de réponse.
pairs-long-question = La question dépasse {"{}"} caractères.
pairs-long-answer = La réponse dépasse {"{}"} caractères.
pairs-twice = La même question est à la ligne {"{}"}.
pairs-too-many = Une liste en contient au plus {"{}"}.
pairs-columns = Il y a plus de deux colonnes.
pairs-none = Rien n’a encore été compris.
do-pairs-add = Ajouter ce qui a été compris
done-pairs-add = Ajoutées : {"{}"}. Votre assistant le saura dans un instant.
pairs-lists = Vos listes
pairs-lists-empty = Pas encore de liste.
pairs-script = L’ajout demande JavaScript. Vos listes sont ci-dessous.
pairs-in-list = Questions de cette liste
pairs-add-here = Ajouter une question
done-pair-remove = La question est retirée.
pair-gone = Cette question n’est plus dans la liste : quelqu’un l’a changée. Rechargez la page.

# A question is tried
ask-title = Essayer une question
ask-text = Comme un client la poserait. Rien n’est envoyé ni enregistré.
ask-question = Question
do-ask = Chercher
do-ask-reset = Recommencer
ask-from = La réponse viendrait de {"{}"}
ask-none = Sans réponse : rien ici n’est assez proche. Votre équipe est interrogée.
ask-nothing = Sans réponse : rien n’a été trouvé. Votre équipe est interrogée.
ask-page = page {"{}"}
ask-score = Score
ask-score-of = {"{}"} (utilisé à partir de {"{}"})
ask-marked = La phrase marquée est celle qui serait citée.

# What no one had an answer for
gaps-text = Ce que plusieurs clients ont demandé et à quoi rien ici ne répond, rassemblé chaque lundi. Écrivez la réponse une fois, et le client suivant l’aura aussitôt.
gaps-empty = Rien n’est en suspens. Ce que plusieurs clients demanderont sans trouver de réponse apparaîtra ici.
gap-times =
    { $count ->
        [one] demandé une fois
       *[other] demandé { $count } fois
    }
gap-last = la dernière
gap-examples = Avec les mots des clients
gap-draft = Cette réponse est un brouillon tiré de ce que votre équipe a écrit à l’un d’eux. Lisez-la avant de l’ajouter.
do-gap-add = Ajouter la réponse
done-gap-add = Ajoutée à vos questions fréquentes. Votre assistant y répond désormais.
do-gap-dismiss = Écarter
done-gap-dismiss = Écartée.
