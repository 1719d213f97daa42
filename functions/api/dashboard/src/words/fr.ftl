# The frame
nav-label = Pages
nav-start = Accueil
nav-inbox = Boîte de réception
nav-leads = Prospects
nav-tasks = À faire
nav-account = Votre compte
skip = Aller au contenu
offline = La connexion est coupée. Nous réessayons, et ce que vous avez écrit reste ici.
undo = Annuler
list-none-here = Rien parmi les plus récents. Les plus anciens sont sur la page suivante.
next-page = Suite
any = Tous
to-start = Retour à l’accueil
to-sign-in = Se connecter

# In the place of a page
renew-title = Un instant
renew-text = Nous vérifions que c’est toujours vous. Si rien ne se passe, reconnectez-vous.
second-factor-title = D’abord un second facteur
second-factor-text = Votre entreprise demande un second facteur. Configurez-le dans votre compte, puis revenez.
forbidden-title = Cette page n’est pas ouverte à votre rôle
forbidden-text = Si vous en avez besoin, adressez-vous à un administrateur de votre entreprise.
missing-title = Il n’y a rien ici
missing-text = L’élément a peut-être été fusionné ou effacé, ou le lien est incomplet.
busy-title = Trop de requêtes
busy-text = Attendez une minute, puis rechargez la page.
refused-title = Cela n’a pas fonctionné
failed-title = Nous n’avons pas pu le faire
failed-text = L’erreur vient de nous. Réessayez dans une minute.

# The first page
start-title = { $name } aujourd’hui
card-unassigned = attendent une personne
card-mine = sont à vous
needs-title = Ce qu’il manque encore à votre assistant
needs-met = Votre assistant a tout ce qu’il lui faut
need-done = fait
need-missing = manque
need-do = Configurer
need-channel = Un canal par lequel vos clients vous joignent
need-services = Les prestations que vous proposez, avec leurs prix
need-hours = Vos horaires d’ouverture
need-phone = Le numéro que vos clients appellent
need-address = Votre adresse
need-faqs = Des réponses à ce que vos clients demandent souvent

# Leads
leads-empty = Pas encore de prospects. Ils arrivent d’eux-mêmes dès qu’un client écrit.
back-to-leads = Retour aux prospects
lead-name = Nom
lead-score = Score
lead-status = Statut
lead-wants = Souhaite
lead-source = Venu par
lead-active = Dernière activité
lead-urgency = Urgence
lead-when = Quand
lead-text = Nom, numéro, e-mail ou demande
lead-location = Établissement qui s’en occupe
lead-no-location = Aucun
lead-how-many = Combien
lead-where = Où
lead-budget = Budget
do-filter = Afficher
do-save = Enregistrer
done-save = Enregistré.
stage-title = Étape
upcoming-title = Ce qui vient ensuite
blocked-title = Ce qui attend, et pourquoi
timeline-title = Ce qui s’est passé
timeline-journey = Parcours
timeline-task = À faire
score-hot = chaud
score-warm = tiède
score-cold = froid
score-unscored = pas noté
status-new = nouveau
status-qualifying = en qualification
status-qualified = qualifié
status-appointment-booked = rendez-vous pris
status-handed-off = avec l’équipe
status-nurturing = entretenu
status-closed-won = gagné
status-closed-lost = perdu
status-disqualified = pas un client
source-web-form = formulaire web
source-whatsapp = WhatsApp
source-sms = SMS
source-live-chat = chat
source-missed-call = appel manqué
urgency-low = un jour ou l’autre
urgency-normal = normale
urgency-high = dans les jours qui viennent
urgency-emergency = urgence
stage-new-lead = nouveau prospect
stage-quote-sent = devis envoyé
stage-quote-following-up = devis relancé
stage-booked = réservé
stage-pre-appointment = rendez-vous proche
stage-appointment-today = rendez-vous aujourd’hui
stage-job-in-progress = prestation en cours
stage-job-complete = prestation terminée
stage-awaiting-payment = facture ouverte
stage-paid = payé
stage-review-eligible = peut être invité à donner un avis
stage-reviewed = a laissé un avis
stage-dormant = sans nouvelles depuis longtemps
stage-churned = parti

# To do
escalations-title = Clients qui veulent parler à une personne
escalations-empty = Personne n’attend de parler à quelqu’un.
escalations-more = Il y en a d’autres : traitez d’abord ceux-ci.
tasks-title = Tâches
tasks-empty = Rien à faire.
task-due = avant
do-task = Fait
done-task = C’est fait.
resolution-note = Ce que vous avez fait
reason-customer-asked = a demandé une personne
reason-complaint = est mécontent
reason-emergency = urgence
reason-tenant-word = a dit l’un de vos mots
reason-tenant-rule = l’une de vos règles
reason-long-conversation = la conversation s’éternise
reason-unsure = l’assistant n’était pas sûr
reason-ai-unavailable = le modèle n’était pas joignable
reason-delivery-unknown = une réponse n’est peut-être pas arrivée
reason-delivery-failed = une réponse n’est pas arrivée
reason-after-refusal = écrit de nouveau après avoir refusé les messages
reason-unproven-refusal = ne veut plus de messages, et personne ne sait qui c’est
reason-automatic-replies = une machine semble répondre
task-call = appeler
task-collections-call = appeler au sujet d’une facture
task-write = écrire
task-reschedule = trouver un autre horaire
task-answer = répondre
task-other = autre

# Insights
nav-insights = Résultats
insights-range = Jours
last-days =
    { $count ->
        [one] dernier jour
       *[other] { $count } derniers jours
    }
insight-leads = prospects
insight-hot = très intéressés
insight-booking-requests = ont demandé un rendez-vous
insight-booked = rendez-vous pris
insight-first-response = jusqu’à la première réponse, pour la moitié d’entre eux
insight-staff-response = jusqu’à la réponse de votre équipe, pour la moitié d’entre eux
model-cost = ce que les modèles d’IA ont coûté
insight-qualified = des prospects qualifiés
insight-after-hours = venus pendant la fermeture
insight-alone = conversations menées sans une personne
seconds =
    { $count ->
        [one] { $count } seconde
       *[other] { $count } secondes
    }

# Settings
nav-settings = Réglages
nav-journeys = Parcours
none = Aucun
first-page = Depuis le début
do-remove = Supprimer
do-up = Monter
do-revoke = Révoquer
done-remove = Supprimé.
done-revoke = Révoqué.
settings-business = Entreprise
settings-hours = Horaires
settings-services = Prestations
settings-questions = Questions
settings-assistant = Assistant
settings-channels = Canaux
settings-team = Équipe
settings-keys = Clés d’API
settings-data = Données et journal

business-title = Ce que l’on peut dire aux clients
business-name = Nom que les clients connaissent
business-trade = Métier
business-trade-hint = En un ou deux mots, par exemple toiture ou dentaire.
business-works-at = Où vous travaillez
works-at-business = Les clients viennent chez nous
works-at-customer = Nous allons chez nos clients
business-description = Ce que vous faites, en une ou deux phrases
business-address = Adresse, sur une ligne
business-phone = Numéro de téléphone
phone-hint = Avec l’indicatif du pays, par exemple +13035550100.
business-website = Site web
business-zone = Fuseau horaire
business-zone-hint = Son nom dans la base des fuseaux horaires, par exemple America/Denver.
business-language = Langue, quand celle du client n’est pas connue
language-en = Anglais
language-es = Espagnol
language-fr = Français
language-de = Allemand
language-pt = Portugais
business-notify = Qui est prévenu des prospects chauds et des clients qui veulent une personne
business-notify-hint = D’une à cinq adresses e-mail, une par ligne.

week-title = Une semaine ordinaire
week-hint = Par exemple 09:00-12:00, 13:00-17:00. Laissez vide un jour de fermeture.
spans-wrong = Écrivez des heures comme 09:00-12:00, 13:00-17:00 ; vide veut dire fermé.
closed = fermé
day-monday = Lundi
day-tuesday = Mardi
day-wednesday = Mercredi
day-thursday = Jeudi
day-friday = Vendredi
day-saturday = Samedi
day-sunday = Dimanche
exceptions-title = Jours différents, une seule fois
exceptions-empty = Aucun. Ajoutez votre prochain jour de congé, pour que personne ne se voie promettre un appel ce jour-là.
exception-add = Ajouter un jour
exception-name = Motif
exception-date = Date
exception-until = Dernier jour, s’il y en a plusieurs
special-spans = Ouvert ce jour-là
special-spans-hint = Laissez vide si vous êtes fermés.
holidays-title = Jours fériés de chaque année
holidays-empty = Pas encore de jours fériés.
holiday-add = Ajouter un jour férié
holiday-name = Nom
holiday-month = Mois, de 1 à 12
holiday-day = Jour du mois
holiday-day-hint = Pour un jour à date fixe. Pour un jour comme le quatrième jeudi, laissez vide et choisissez ci-dessous.
holiday-nth = Lequel du mois
holiday-weekday = Jour de la semaine
nth-1 = premier
nth-2 = deuxième
nth-3 = troisième
nth-4 = quatrième
nth-5 = cinquième
nth--1 = dernier
in-month = mois { $month }

services-title = Ce que vous proposez
services-empty = Pas encore de prestations. L’assistant ne peut proposer que ce qui figure ici.
booking-page-title = Votre page de rendez-vous
booking-page-text = Vos clients y prennent rendez-vous eux-mêmes. Mettez l’adresse sur votre site web, ou envoyez-la.
service-add = Ajouter une prestation
service-name = Nom
service-description = Une phrase à son sujet
service-price = Prix
service-price-hint = Par exemple 149, 350+ pour un prix à partir de, ou 350-500 ; vide si cela dépend.
service-duration = Durée en minutes
service-keywords = Autres mots pour cela
keywords-hint = Comme le disent les clients, dans n’importe quelle langue, séparés par des virgules.
minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
worth-title = Ce que cela vaut
missed-revenue =
    { $count ->
        [one] valeur possible de { $count } demande reçue pendant la fermeture
       *[other] valeur possible de { $count } demandes reçues pendant la fermeture
    }
won-value = gagné
roi = rendement de ce que coûte Porchlight
assumes = Cela suppose :
assumes-close-rate = demandes qui aboutissent
assumes-job = un travail moyen
assumes-price = le prix mensuel de Porchlight
assumed-settings = selon vos réglages
assumed-prices = selon vos prix
assumed-default = notre estimation ; indiquez la vôtre
days-title = Prospects par jour
as-table = En tableau
day = Jour
funnel-title = Jusqu’où vont les prospects
drop-off = La plupart s’arrêtent avant cette étape
step-leads = venus
step-qualified = qualifiés
step-booked = rendez-vous pris
step-won = gagnés
asked-title = Ce que les clients demandent le plus
asked-empty = Personne n’a encore rien demandé.
ways-title = Comment les clients vous joignent
best-source = Ce qui apporte le plus
channel = Canal
conversations = Conversations
messages-in = Messages reçus
messages-out = Messages envoyés
intent-greeting = salutations
intent-hours = horaires
intent-price = prix
intent-address = où vous êtes
intent-service = prestations
intent-booking = rendez-vous
intent-complaint = plaintes
intent-emergency = urgences
intent-human = une personne
intent-detail = détails de leur demande
intent-thanks = remerciements
intent-not-now = pas maintenant
intent-opt-out = plus de messages
intent-opt-in = messages de nouveau
intent-missed-call = appels manqués
intent-other = autres choses
hours =
    { $count ->
        [one] { $count } heure
       *[other] { $count } heures
    }
days =
    { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    }

faqs-title = Ce que les clients demandent souvent
faqs-empty = Pas encore de réponses. Commencez par les trois questions que vous entendez chaque jour.
faq-add = Ajouter une question et sa réponse
faq-question = Question
faq-answer = Réponse
faq-keywords = Autres mots par lesquels on la pose
intake-title = Ce que vous demandez aux clients
intake-text = L’assistant les pose dans cet ordre, d’abord les obligatoires.
intake-empty = Pas encore de questions. Sans elles, l’assistant ne demande que ce qu’il faut savoir de tout prospect.
intake-add = Ajouter une question
question-text = Question
question-kind = Type de réponse
kind-text = texte libre
kind-choice = une parmi plusieurs
kind-yes-no = oui ou non
kind-number = un nombre
kind-date = une date
kind-photo = une photo
question-required = obligatoire
question-required-label = La poser avant les autres
question-options = Réponses au choix
question-options-hint = Une par ligne, au moins deux.
question-min = Nombre minimal
question-max = Nombre maximal
question-unit = Ce que l’on compte, par exemple des années
question-when = La poser seulement après cette réponse
question-when-always = À tout le monde
answer-yes = oui
answer-no = non

voice-title = Sa façon de parler
voice-personality = Style
personality-none = Aucun style particulier
personality-luxury-concierge = Concierge d’un grand hôtel
personality-fast-direct = Bref et direct
personality-friendly-casual = Voisin sympathique
personality-sales = Bon vendeur
voice-tone = Ton, avec vos propres mots
voice-tone-hint = Par exemple chaleureux et bref.
voice-instructions = Ce qu’il doit savoir ou faire
voice-instructions-hint = Ce que vous diriez à un nouveau collègue le premier jour.
calling-title = Quand il appelle une personne
calling-words = Mots qui appellent aussitôt une personne
calling-words-hint = En plus des urgences, des réclamations et de qui demande une personne. Séparés par des virgules.
hot-words = Mots qui rendent un prospect chaud
hot-words-hint = Par exemple assurance accordée. Séparés par des virgules.
sla-first = Première réponse en, secondes
sla-staff = Réponse d’une personne en, minutes d’ouverture
sla-resolution = Réglé en, heures
quiet-title = Heures calmes
quiet-text = Les clients reçoivent une réponse à toute heure. Ce qu’ils ne viennent pas de demander attend la fin des heures calmes là où ils vivent.
quiet-from = De
quiet-until = À

channel-on = configuré
channel-off = non configuré
channel-turn-off = Ne plus utiliser ce canal
sms-account = Compte Twilio, commençant par AC
sms-from = Numéro d’où partent les messages
whatsapp-number = Identifiant du numéro de téléphone
whatsapp-number-hint = L’identifiant du numéro dans le gestionnaire WhatsApp de Meta, pas le numéro lui-même.
email-from = Adresse d’où part le courrier
email-from-hint = Nous envoyons un e-mail avec un lien à une nouvelle adresse. Dès que quelqu’un y confirme, le courrier part de là.
site-title = Site web et appels manqués
chat-on = Chat sur votre site
text-back = Les appels manqués reçoivent une réponse par
origins = Sites qui peuvent appeler l’API
origins-hint = Protocole et domaine, par exemple https://www.example.com, un par ligne.
credentials-title = Identifiants des fournisseurs
credentials-text = Ils sont enregistrés chiffrés et ne sont plus jamais affichés.
credential-meta-app-secret = Meta : clé secrète de l’app
credential-meta-access-token = Meta : jeton d’accès
credential-meta-verify-token = Meta : jeton de vérification
credential-twilio-auth-token = Twilio : jeton d’authentification
credential-twilio-api-key = Twilio : clé d’API
credential-secret = Nouvelle valeur
credential-there = enregistré
site-keys-title = Chat, formulaires et téléphonie
site-keys-text = Sa clé nous dit qu’un chat, un formulaire ou un appel manqué concerne votre entreprise.
site-keys-empty = Pas encore de clés. Créez-en une pour mettre le chat sur votre site.
site-key-new = Créer une clé
site-key-kind = Pour
site-key-widget = chat
site-key-form = formulaire
site-key-call = téléphonie
site-key-origins = Sites qui peuvent l’utiliser ; vide : tous
site-key-consent = Mots par lesquels on accepte de recevoir des SMS
site-key-consent-hint = Exactement comme à côté du champ du téléphone de votre formulaire. Sans eux, les prospects du formulaire ne reçoivent pas de SMS, sauf si le formulaire le dit lui-même.
widget-line = Collez cette ligne dans les pages de votre site :
key-name = À quoi elle sert
do-make-key = Créer la clé
done-make-key = La clé est créée.

members-title = Qui fait partie de l’équipe
member-you = vous
member-role = Rôle
member-role-hint = Les observateurs lisent. Les agents répondent aux clients. Les responsables changent les réglages. Les administrateurs s’occupent des personnes, des clés et des données.
member-viewer = Observateur
member-agent = Agent
member-manager = Responsable
member-admin = Administrateur
member-super-admin = Gère la plateforme
invitations-title = Invitations
invitations-empty = Personne n’est invité en ce moment.
invitation-until = valable jusqu’au
invitation-over = expirée
invite-title = Inviter quelqu’un
invite-email = Adresse e-mail
do-invite = Inviter
done-invite = L’invitation est partie.

keys-title = Clés des programmes
keys-text = Un programme muni d’une clé peut ce que disent ses droits. Il peut y en avoir deux, pour que la nouvelle serve avant que l’ancienne parte.
keys-empty = Aucun programme n’a de clé.
key-new = Créer une clé
key-scopes = Ce qu’elle permet
key-once = La clé est affichée une seule fois, ici. Gardez-la comme un mot de passe.
key-used = dernière utilisation
key-unused = jamais utilisée

retention-title = Combien de temps les données sont gardées
retention-text = En jours, au moins 30. Si un champ est vide, les conversations et les prospects sont gardés toujours, le journal 400 jours.
retention-messages = Conversations
retention-leads = Prospects clos
retention-audit = Ce journal
second-factor-required = Les administrateurs doivent se connecter avec un second facteur
benchmarks = Nos chiffres comptent dans les moyennes de notre métier
benchmarks-hint = Si la case est cochée, six chiffres de vos douze derniers mois sont comptés avec ceux de nombreuses autres entreprises : devis acceptés, temps jusqu’à la première réponse, visites manquées, étoiles des avis, clients qui reviennent, recettes par technicien. Aucun nom, aucun client, aucun message. N’est publié que ce qui vaut pour beaucoup d’entreprises et ne mène à aucune. Sinon, dès la nuit suivante, rien de vous n’est compté, et vous ne voyez pas de comparaison.
exports-title = Emportez vos données
exports-text = Une archive de tout ce qui est enregistré pour votre entreprise. Elle prend quelques minutes et reste quelques jours.
do-export = Demander une archive
done-export = Nous préparons vos données. L’archive apparaîtra ici.
do-fetch = Télécharger
export-all = tout
export-contact = un client
job-running = en cours
job-done = terminé
job-incomplete = nous l’examinons
audit-title = Ce qui a été fait
audit-empty = Rien pour l’instant.
audit-when = Quand
audit-who = Qui
audit-what = Quoi
audit-subject = Concernant
audit-created = a créé
audit-updated = a modifié
audit-removed = a supprimé
audit-signed-in = s’est connecté
audit-sign-in-failed = n’a pas pu se connecter
audit-sign-in-locked = bloqué après des essais manqués
audit-signed-out = s’est déconnecté
audit-refresh-reused = session close, car son jeton a servi deux fois
audit-registered = a rejoint l’équipe
audit-email-verified = a confirmé une adresse
audit-reset-requested = a demandé un nouveau mot de passe
audit-password-set = a défini un mot de passe
audit-second-factor-enabled = a activé un second facteur
audit-second-factor-disabled = a retiré un second facteur
audit-backup-code-used = a utilisé un code de secours
audit-tenant-entered = est entré dans cette entreprise
audit-exported = a exporté des données
audit-erased = a effacé des données
who-key = un programme
who-porchlight = Porchlight

# Journeys
journeys-text = Des messages qui partent d’eux-mêmes et s’arrêtent dès que le client réagit.
back-to-journeys = Retour aux parcours
sequence-on = actif
sequence-off = en pause
sequence-own = votre propre version
step-count =
    { $count ->
        [one] { $count } étape
       *[other] { $count } étapes
    }
steps-title = Étapes
do-pause = Mettre en pause
do-resume = Reprendre
done-pause = En pause. Personne ne reçoit l’étape suivante avant la reprise.
done-resume = C’est reparti.
dry-run-link = Pour voir ce qu’un client reçoit dans les jours à venir, ouvrez son prospect et choisissez « Voir les jours à venir ».
ahead-title = Ce qui vient pour { $name }
ahead-text = Ce qui se passerait sans réaction et si personne ne faisait rien : chaque étape, où elle irait, et pourquoi elle ne partirait pas. Rien n’est envoyé.
ahead-days = Jusqu’à quand
ahead-empty = Rien ne se passerait pendant ce temps.
ahead-link = Voir les jours à venir
step-number = étape { $number }
happening-sent = part
happening-delayed = attend
happening-not-sent = ne part pas
happening-waiting = attend déjà
happening-task = tâche
happening-mark = change d’étape
happening-skipped = est sautée
happening-ended = se termine ici
route-best = le canal qui le joint le mieux
variant-sent = envoyé à { $count }
variant-converted = { $count } ont fait ce qu’il demande
variant-opted-out = { $count } se sont désinscrits
wait-at-once = aussitôt
wait-after = { $span } plus tard
wait-day = jour { $day }
wait-before-appointment = { $span } avant le rendez-vous
wait-appointment-day = le jour du rendez-vous
wait-after-appointment = { $span } après le rendez-vous
wait-before-due =
    { $count ->
        [one] { $count } jour avant l’échéance de la facture
       *[other] { $count } jours avant l’échéance de la facture
    }
wait-after-due =
    { $count ->
        [one] { $count } jour après l’échéance de la facture
       *[other] { $count } jours après l’échéance de la facture
    }
wait-react = selon leurs réactions

# Locations, staff, branding
settings-locations = Sites
settings-staff = Personnel
branding-title = Votre image
branding-text = Les champs vides sont ceux de Porchlight, ou ceux que votre agence a choisis.
branding-name = Nom affiché, s’il est différent
branding-sender = Nom de l’expéditeur des e-mails
branding-logo = Adresse de votre logo, commençant par https
branding-color = Couleur principale, par exemple #1A4D8F
branding-accent = Seconde couleur, par exemple #F2A900
branding-domain = Votre propre domaine pour les liens
locations-text = Ce qui n’est pas fixé pour un site est comme pour toute l’entreprise.
locations-empty = Pas de sites. Une adresse suffit à beaucoup : elle figure sous Entreprise.
location-add = Ajouter un site
location-name = Nom que les clients connaissent
location-street = Rue et numéro
location-postal-code = Code postal
location-city = Ville
location-state = État ou province
location-country = Pays
location-country-hint = Ses deux lettres, par exemple US.
location-zone = Fuseau horaire, s’il est différent
location-hours = Horaires
location-hours-business = Comme pour toute l’entreprise
location-hours-own = Les siens
location-active = On peut y envoyer des clients
staff-text = Celles et ceux qui font le travail et peuvent recevoir des tâches. Pour que quelqu’un puisse se connecter, invitez-le dans l’équipe.
staff-empty = Personne pour l’instant.
staff-add = Ajouter quelqu’un
staff-name = Nom
staff-title = Fonction
staff-title-hint = Par exemple technicien principal.
staff-skills = Ce qu’il ou elle sait faire
staff-skills-hint = Comme les prestations le demandent, un par ligne.
staff-active = Travaille chez nous en ce moment
not-active = inactif

# Patience
patience-title = Jusqu’où il continue seul
patience-text = Au-delà, une personne est priée de regarder la conversation.
period-open = Pendant l’ouverture
period-closed = Pendant la fermeture
period-weekend = Samedi et dimanche
patience-messages = Messages reçus et envoyés
patience-confidence = Réponses dont il est moins sûr que, en pour cent

# Rules of escalation
rules-title = Vos propres règles
rules-text = Quand tout ce qu’une règle nomme est vrai, une personne est appelée et ce que dit la règle est fait.
rules-empty = Aucune règle à vous. Les urgences, les réclamations et qui demande une personne sont pris en charge de toute façon.
rule-add = Ajouter une règle
rule-during = Elle vaut
during-any = à toute heure
during-open = pendant l’ouverture
during-closed = pendant la fermeture
during-weekend = samedi et dimanche
rule-words = Le client dit l’un de ces mots
calling-words-hint-list = Séparés par des virgules. Vide : quoi qu’il dise.
rule-score-at-least = Le prospect est au moins
rule-no-staff-reply-within-minutes = Personne chez vous n’a répondu en, minutes
rule-notify = Prévenir aussi ces adresses e-mail
rule-create-task = Donner cette tâche à quelqu’un
rule-sentiment = humeur
rule-vip = attention particulière
rule-channel = canal
rule-first-message = premier message
rule-call-list = appellent
rule-assign = va à

# Leads that staff enter
lead-phone = Téléphone
lead-email = E-mail
lead-message = Ce qu’il demande
lead-enter = Saisir un prospect
do-enter = Saisir
done-enter = Le prospect est saisi.
lead-value = Valeur
lead-lost-reason = Pourquoi il est perdu
source-entered = saisi par l’équipe
site-key-once = La clé du système téléphonique est secrète et n’est montrée qu’une fois, ici. Celles d’un chat ou d’un formulaire sont publiques.

# What insights assume
assumptions-title = Ce que supposent les chiffres
assumptions-text = Sert à la page des résultats pour estimer la valeur des demandes. Les champs vides prennent notre estimation.
assumptions-close-rate = Demandes qui deviennent des clients, en pour cent
assumptions-job = Un travail moyen
assumptions-price = Ce que Porchlight coûte par mois
leads-as-board = Afficher en tableau
leads-as-list = Afficher en liste
board-move = Déplacer vers
board-count = ({ $count } parmi ceux affichés)
board-do-move = Déplacer
leads-none-match = Aucun prospect ne correspond.
cents-wrong = Écrivez un montant comme 1250 ou 80,50.

# What the script says
say-unreachable = Nous sommes injoignables : vérifiez votre connexion et réessayez
say-not-now = Cela n’a pas fonctionné : réessayez dans un instant
say-broken = Cette page a échoué. Rechargez-la.
say-please-sign-in = Veuillez vous connecter.
