
# Contacts
nav-contacts = Contacts
back-to-contacts = Retour aux contacts
contacts-search = Nom, numéro ou e-mail
contacts-empty = Pas encore de contacts. Ils arrivent d’eux-mêmes dès que quelqu’un écrit ; vous pouvez aussi en ajouter ou en importer.
contacts-none-match = Aucun contact ne correspond.
contacts-import = Importer des contacts
contacts-export = Tout exporter
contacts-download = Télécharger cette liste (CSV)
contacts-downloaded = Dans le fichier : {"{}"}
contact-add = Ajouter un contact
done-contact-add = Le contact est ajouté.
contact-tag = Étiquette
contact-tags = Étiquettes, séparées par des virgules
contact-assignee = À qui est ce contact
contact-nobody = À personne
contact-addresses = Comment les joindre
contact-other-names = Autres noms
contact-lead = Sa demande en cours
strength-proven-text = a écrit depuis cette adresse
strength-given-text = indiquée, non vérifiée
contact-remove-address = Retirer { $address }
contact-change = Modifier
contact-add-address = Ajouter un numéro ou une adresse e-mail
contact-fields = Vos champs, un par ligne, par exemple portail: 4711
contact-fields-wrong = Écrivez chaque champ sous la forme nom: valeur, sur sa propre ligne.
contact-erase = Effacer ce contact
contact-erase-text = Tout ce que l’on sait de cette personne disparaît pour toujours : messages, demandes, notes. C’est irréversible.
contact-erase-confirm = Saisissez { $name } pour confirmer
done-contact-erase = Le contact est en cours d’effacement.
contact-notes = Notes
contact-note-new = Une note pour vos collègues
contact-note-add = Ajouter la note
contact-notes-empty = Pas encore de notes.
done-contact-note = La note est ajoutée.
contact-consents = Ce qu’il ou elle a accepté
contact-consents-empty = Rien n’a été enregistré.
contact-opted-out = Ne souhaite plus rien recevoir.
consent-granted = Accepté
consent-refused = Refusé
purpose-transactional = sur ce qui a été convenu
purpose-conversational = sur sa demande
purpose-marketing = publicité
contact-duplicates = Peut-être la même personne
do-merge = Fusionner les deux
done-merge = Ils ne forment plus qu’un contact.
do-not-duplicate = Des personnes différentes
done-not-duplicate = Ils restent séparés.
contact-merged = Fusionnés dans ce contact
contact-merged-text = Une fois séparés, chacun retrouve ce qui était à lui.
do-take-apart = Séparer
done-take-apart = Ils sont de nouveau séparés.

# Imports
import-text = Choisissez un fichier CSV de 30 Mo au plus. Il est d’abord essayé ; rien n’est enregistré avant votre accord.
import-file = Fichier
import-file-wrong = Choisissez un fichier.
import-lost = Le fichier n’a pas pu être envoyé. Réessayez.
import-columns-text = Le nom des colonnes dans la première ligne du fichier. Séparez-en plusieurs par des virgules ; laissez vide ce qui n’y est pas.
import-column-name = Colonnes du nom
import-column-phones = Colonnes des téléphones
import-column-emails = Colonnes des e-mails
import-column-tags = Colonnes des étiquettes
import-update = Compléter les contacts déjà présents
import-try = Essayer le fichier
imports-title = Importations des 30 derniers jours
imports-empty = Rien n’a été importé.
back-to-imports = Retour aux importations
import-title = Importation de contacts
import-waiting = attend son fichier
import-running = en cours
import-tried = essayée
import-done = terminée
import-failed = échouée
import-cancelled = arrêtée
import-only-tried = Seulement essayée : voici ce que donnerait l’importation.
import-lines = Lignes lues
import-count-made = Nouveaux contacts
import-count-updated = Contacts complétés
import-count-duplicates = Déjà présents
import-count-refused = Avec des erreurs
import-started = Début
import-finished = Fin
do-import = Importer maintenant
done-import-start = L’importation a commencé.
do-import-cancel = Arrêter
done-import-cancel = Arrêtée. Ce qui est enregistré reste.
import-told = Lignes qui n’ont pas créé de contact
import-line = Ligne
import-column = Colonne
import-why = Raison
import-is-there = Cette adresse est à un contact.
import-show = Voir le contact
import-made =
    { $count ->
        [one] { $count } nouveau contact
       *[other] { $count } nouveaux contacts
    }

# Clients
nav-clients = Clients
back-to-clients = Retour aux clients
clients-empty = Pas encore de clients.
client-enter = Entrer
client-new = Un nouveau client
client-create = Créer
done-client-create = Le client est créé.
client-name = Nom de l’entreprise
client-industry = Métier, par exemple couverture
client-notify = Qui reçoit les avis (e-mails)
client-region = Pays, par exemple US
client-currency = Devise, par exemple USD
client-zone = Fuseau horaire
client-language = Langue
client-today = Aujourd’hui
client-leads = Demandes
client-hot = Demandes chaudes
client-booked = Rendez-vous
client-status = Statut
client-status-text = En pause, les messages sont conservés et rien ne part. Un client fermé n’est plus utilisable ; il peut être rouvert.
client-plan = Formule
tenant-active = actif
tenant-paused = en pause
tenant-closed = fermé
plan-starter = Starter
plan-growth = Growth
plan-scale = Scale

# A talk with the assistant
try-title = Parlez avec votre assistant
try-text = Comme un client dans le chat. Rien n’est enregistré ni envoyé, et c’est gratuit.
try-said = Ce que dit le client
try-say = Dire
try-again = Recommencer
try-silent = Rien ne serait répondu.

# Approvals
nav-approvals = Approbations
approvals-text = Ce qui attend votre accord. Chaque demande se règle ici en un clic.
approvals-empty = Rien n’attend votre accord.
approval-pair = S’agit-il de la même personne ?
approval-import = { $count ->
    [one] Importer un contact d’un fichier qui a été essayé ?
   *[other] Importer { $count } contacts d’un fichier qui a été essayé ?
}
approval-visit = Demande
approval-question = { $count ->
    [one] Une personne l’a demandé, et rien n’y répond.
   *[other] { $count } personnes l’ont demandé, et rien n’y répond.
}
approval-kind-merge-contacts = doublon possible
approval-kind-import-contacts = importation
approval-kind-agree-visit = rendez-vous demandé
approval-kind-add-faq = question sans réponse
approval-kind-send-order = commande fournisseur
do-approve-merge-contacts = Fusionner les deux
do-decline-merge-contacts = Personnes différentes
do-approve-import-contacts = Importer
do-decline-import-contacts = Ne pas importer
do-approve-agree-visit = Accepter
do-decline-agree-visit = Refuser
do-approve-add-faq = Ajouter aux questions fréquentes
do-decline-add-faq = Inutile
do-approve-send-order = Approuver et envoyer
do-decline-send-order = Ne pas commander
done-approve-merge-contacts = Ils ne forment plus qu’un contact.
done-decline-merge-contacts = Ils restent séparés.
done-approve-import-contacts = L’importation a commencé.
done-decline-import-contacts = L’importation est arrêtée.
done-approve-agree-visit = Le rendez-vous est convenu. Dites-le-leur dans la conversation.
done-decline-agree-visit = Refusé. Dites-le-leur dans la conversation.
done-approve-add-faq = Ajouté. Qui le demande reçoit désormais une réponse.
done-decline-add-faq = Elle ne sera plus proposée.
done-approve-send-order = Approuvée. Elle part maintenant chez le fournisseur.
done-decline-send-order = Elle n’est pas envoyée.

# The log of requests, and keys for tests
settings-requests = Requêtes
requests-text = Ce que les programmes ont demandé et les personnes modifié ces 14 derniers jours. Chaque réponse nomme sa requête dans x-request-id.
requests-all = Toutes
requests-failed = Refusées ou échouées
request-log-empty = Aucune requête.
request-what = Requête
request-status = État
request-time = Durée
request-id = Id
key-test = de test
key-mode = À quoi elle sert
key-mode-live = Travail réel
key-mode-test = Tests : rien de ce qu’elle provoque n’est envoyé à personne

# Questions as they are asked
intake-preview-title = Comme le client les reçoit
intake-preview-text = Les questions enregistrées, dans l’ordre où l’assistant les pose : d’abord celles qui sont obligatoires, une à la fois.
intake-preview-when = Seulement après : { $answer }
intake-preview-services = Seulement pour : { $services }

# Notices
settings-notices = Vos avis
notices-text = Les e-mails que vous recevez de cette entreprise à propos des conversations.
notices-mentions = Quand un collègue me mentionne dans une note
notices-assignments = Quand une conversation m’est attribuée
told-title = Qui est averti quand un client veut une personne
told-text = L’entreprise envoie toujours ces e-mails, aux adresses qu’elle a choisies.
told-change = Changer ces adresses

settings-extras = Extras
extras-title = Ce que l’assistant suggère
extras-text = Un seul par conversation : de plusieurs qui conviennent, le premier. Jamais à qui se plaint, annule ou attend une personne.
extras-empty = Rien n’est encore suggéré. Commencez par ce que vos clients aiment ajouter.
extra-add = Ajouter un extra
extra-name = Nom
extra-when = Quand il est suggéré
extra-when-service-chosen = une prestation a été choisie
extra-when-visit-booked = une visite a été réservée ou demandée
extra-when-other-platform = une autre plateforme est nommée, comme Booking.com ou Yelp
extra-when-too-expensive = c’est trop cher pour le client
extra-sentence = Phrase
extra-sentence-hint = Dans votre langue, avec une question au plus. Vide : elle est faite du nom et du prix.
extra-price = Prix
extra-percent = Remise en pour cent
extra-percent-hint = Au lieu d’un prix.
extra-keywords = Autres mots pour le nommer
extra-services = Seulement pour ces prestations
extra-from = Premier jour
extra-until = Dernier jour
extra-active = Il est suggéré
extra-inactive = arrêté
extras-limit = Remise maximale en pour cent
extras-limit-hint = Un extra ne peut pas remettre davantage.
extras-limit-title = Limite des remises
lead-extras = Extras
extras-insights-title = Extras suggérés
extras-month = Mois
extras-suggested = Suggéré
extras-taken = Accepté
extras-declined = Refusé
extras-booked = Avec une visite réservée
extras-revenue = Rapporte au moins
settings-webhooks = Webhooks
webhooks-text = Ce qui se passe ici est envoyé à ces adresses en une ou deux secondes, signé, pour que Zapier, Make, n8n ou vos propres programmes le sachent.
webhook-add = Ajouter un webhook
webhook-secret-once = Le secret qui signe chaque envoi est affiché une seule fois, ici. Gardez-le comme un mot de passe. Quand un nouveau en remplace un autre, les envois sont signés avec les deux pendant 24 heures.
webhook-events = Événements ; si aucun n’est coché, tous
webhook-off-failing = rien n’y a été accepté pendant cinq jours
webhook-off-gone = l’adresse dit qu’elle n’existe plus
webhook-failing = rien n’y est accepté depuis
do-webhook-test = Envoyer un événement d’essai
webhook-sent = C’est en route.
webhook-rotate = Créer un nouveau secret
webhook-deliveries = Envoyé ces 30 derniers jours
webhook-none = Rien pour l’instant.
webhook-next = prochain essai
clients-none-match = Aucun client ne correspond.
