# The inbox
inbox-queues = Files d’attente
inbox-choose = Choisissez une conversation.
inbox-empty = Personne n’attend ici.
queue-all = Toutes
queue-mine = Les miennes
queue-unassigned = À personne
queue-escalated = Escaladées
queue-snoozed = Plus tard
queue-resolved = Terminées
nobody-named = Pas encore de nom
tag-escalated = demande une personne
tag-assistant = l’assistant répond
tag-mine = à vous
tag-colleague = à un collègue
tag-nobody = encore à personne
tag-snoozed = plus tard :
tag-resolved = terminée
tag-urgent = urgent
minutes-waiting =
    { $count ->
        [one] attend depuis { $count } minute
       *[other] attend depuis { $count } minutes
    }
minutes-left =
    { $count ->
        [one] reste { $count } minute
       *[other] reste { $count } minutes
    }
minutes-late =
    { $count ->
        [one] { $count } minute de retard
       *[other] { $count } minutes de retard
    }
channel-sms = SMS
channel-whatsapp = WhatsApp
channel-email = E-mail
channel-chat = Chat
role-customer = Client
role-assistant = Assistant
role-staff = Équipe
role-notice = À l’équipe

# A conversation
thread-label = Conversation
messages-label = Messages
about-label = À propos du client
back-to-inbox = Retour à la boîte de réception
older-messages = Messages plus anciens
confidence = sûr à { $percent } %
note-title = Note
note-summary = Écrire une note
note-label = Une note pour votre équipe ; le client ne la voit jamais
reply-label = Votre message au client
note-mention = @ et le nom d’un collègue lui envoie un courriel qui mène ici.
do-suggest = Proposer une réponse
do-suggest-drop = Écarter la proposition
suggest-ask = Remplacer ce que vous avez écrit ?
suggest-busy = Une réponse est en cours de rédaction…
suggest-done = C’est une proposition : lisez-la avant de l’envoyer.
suggest-builtin = C’est une proposition de l’assistant intégré : lisez-la avant de l’envoyer.
suggest-unchecked = En cours de rédaction et pas encore vérifié : ne l’utilisez pas.
suggest-replaced = Ce que vous avez vu s’écrire n’est pas utilisé. C’est une autre proposition : lisez-la avant de l’envoyer.
suggest-dropped = La proposition a été écartée.
suggest-none-not-configured = Rien à proposer ici sans modèle, et aucun n’est configuré.
suggest-none-budget-used-up = Rien à proposer ici sans modèle, et les jetons de ce mois sont épuisés.
suggest-none-unavailable = Rien à proposer pour l’instant. Réessayez dans un moment.
suggest-none-declined = Rien à proposer : le modèle a refusé.
suggest-none-unfit = Rien à proposer : ce que le modèle a écrit ne pouvait pas être envoyé.
do-send = Envoyer
do-note = Enregistrer la note
do-take-over = Prendre la main
do-hand-back = Rendre à l’assistant
do-assign = Me l’attribuer
do-release = Plus à moi
assign-label = Attribuer à
do-assign-to = Attribuer
do-resolve = Clore
do-snooze = Plus tard
snooze-label = Quand elle revient
snooze-hour = dans une heure
snooze-day = demain à cette heure-ci
snooze-week = dans une semaine
done-send = Votre message est parti.
done-note = La note est enregistrée.
done-take-over = Elle est à vous. L’assistant se tait.
done-hand-back = L’assistant répond de nouveau.
done-assign = Elle est à vous.
done-release = Elle n’est plus à personne.
done-assign-to = Attribuée.
done-resolve = C’est clos.
done-snooze = Elle reviendra à ce moment-là.
to-lead = Toute l’histoire
to-conversation = Conversation
strength-proven = vérifié
strength-given = indiqué, non vérifié
delivery-queued = En attente d’envoi
delivery-sending = En cours d’envoi
delivery-sent = Envoyé
delivery-delivered = Remis
delivery-read = Lu
delivery-failed = Non remis
delivery-unknown = Peut-être pas remis
delivery-held = Retenu
delivery-skipped = Non envoyé
delivery-dropped = Non envoyé

# Canned answers
settings-canned = Réponses types
canned-text = Des textes que vous écrivez souvent. Qui répond à un client en insère un et peut le modifier avant l’envoi.
canned-empty = Pas encore de réponse type.
canned-none = Pas encore de réponse type. Elles se gardent dans les réglages.
canned-add = Ajouter une réponse type
canned-name = Nom pour la choisir
canned-words = Texte
canned-places = {"{name}"}, {"{business}"}, {"{service}"}, {"{date}"}, {"{time}"}, {"{amount}"}, {"{link}"} et {"{phone}"} sont remplis. Ce qui est entre crochets, comme {"[ le {date}]"}, est omis quand rien n’est connu.
canned-language = Langue
canned-any-language = Toute langue
canned-label = Réponse type
do-insert = Insérer
canned-unknown = Aucune réponse type ne porte ce nom.
canned-missing = Rien n’est connu ici, à compléter :

# What was read, and who is there
unread-only = Non lues
unread-count =
    { $count ->
        [one] { $count } non lu
       *[other] { $count } non lus
    }
do-unread = Marquer comme non lue
done-unread = Marquée comme non lue.
is-here = { $name } est ici
is-writing = { $name } écrit
somebody = Quelqu’un

# Approved templates
window-closed = WhatsApp accepte le texte libre pendant les 24 heures qui suivent le dernier message du client, et elles sont passées. Un modèle approuvé lui parvient.
template-label = Modèle approuvé
do-send-template = Envoyer le modèle
templates-none = Aucun modèle approuvé n’est gardé. Un administrateur les ajoute dans les réglages, sous Canaux.
templates-title = Modèles pour les conversations
templates-text = Ce que votre équipe peut envoyer sur WhatsApp plus de 24 heures après le dernier message d’un client. Meta approuve les modèles dans son gestionnaire WhatsApp.
templates-empty = Pas encore de modèle.
template-add = Ajouter un modèle
template-name = Nom
template-name-hint = Comme dans le gestionnaire WhatsApp de Meta.
template-language = Langue
template-language-hint = Le code de Meta, comme fr ou fr_CA.
template-values = Valeurs
template-values-hint = Une par ligne pour {"{{1}}"}, {"{{2}}"}, etc. ; {"{name}"} et d’autres places sont remplis.
template-text = Ce que lit le client
template-text-hint = Cela figure dans la conversation. {"{name}"}, {"{business}"}, {"{service}"}, {"{date}"} et {"{time}"} sont remplis.
file-picture = Image du client
file-open = Ouvrir le fichier ({ $kind })
file-missing-gone = Le fichier n’est plus disponible.
file-missing-too-large = Le fichier est trop volumineux : plus de 16 Mo.
file-missing-no-access = Le fichier n’a pas été récupéré : l’accès au canal manque dans les réglages.
file-missing-not-yet = Le fichier n’a pas encore été récupéré. Une nouvelle tentative suivra.
file-missing-refused = Le fichier n’a pas pu être récupéré.
attach-label = Joindre une image, un PDF ou une vidéo (16 Mo au plus)
attach-lost = Le fichier n’a pas pu être envoyé. Réessayez.
summary-title = Ce qui a été dit avant
point-wants = Souhaite
point-agreed = Convenu
point-open = En suspens
point-prefers = Préfère
point-told = A raconté
summary-message = message { $number }
