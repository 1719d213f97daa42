# The frame
nav-label = Pages
nav-start = Start
nav-inbox = Inbox
nav-leads = Leads
nav-tasks = To do
nav-account = Your account
skip = Go to the content
offline = The line is lost. We try again, and what you typed stays here.
undo = Undo
next-page = More
any = Any
to-start = To the first page
to-sign-in = Sign in

# In the place of a page
renew-title = One moment
renew-text = We check that it is still you. If nothing happens, sign in again.
second-factor-title = A second factor first
second-factor-text = Your business asks for a second factor. Set it up in your account, then come back.
forbidden-title = This page is not for your role
forbidden-text = Ask an administrator of your business if you need it.
missing-title = There is nothing here
missing-text = It may have been merged with another or erased, or the link is not whole.
busy-title = Too many requests
busy-text = Wait a minute, then load the page again.
refused-title = This did not work
failed-title = We could not do this
failed-text = The fault is ours. Try again in a minute.

# The first page
start-title = { $name } today
card-unassigned = wait for somebody of you
card-mine = are yours
needs-title = Until your assistant can answer well
needs-met = Your assistant has what it needs
need-done = done
need-missing = missing
need-do = Set it up
need-channel = A channel on which customers reach you
need-services = The services you offer, with prices
need-hours = When you are open
need-phone = The number that customers call
need-address = Your address
need-faqs = Answers to what customers often ask

# The inbox
inbox-queues = Queues
inbox-choose = Choose a conversation.
inbox-empty = Nobody waits here.
queue-all = All
queue-mine = Mine
queue-unassigned = Nobody’s
queue-escalated = Escalated
queue-snoozed = Later
queue-resolved = Done
nobody-named = No name yet
tag-escalated = a person is wanted
tag-assistant = assistant answers
tag-mine = yours
tag-colleague = a colleague’s
tag-nobody = nobody’s yet
tag-snoozed = later:
tag-resolved = done
tag-urgent = urgent
minutes-waiting =
    { $count ->
        [one] waiting for { $count } minute
       *[other] waiting for { $count } minutes
    }
channel-sms = SMS
channel-whatsapp = WhatsApp
channel-email = E-mail
channel-chat = Chat
role-customer = Customer
role-assistant = Assistant
role-staff = Staff
role-notice = To staff

# A conversation
thread-label = Conversation
messages-label = Messages
about-label = About the customer
back-to-inbox = Back to the inbox
older-messages = Older messages
confidence = { $percent } % sure
note-title = Note
note-summary = Write a note
note-label = A note for your team; the customer never sees it
reply-label = Your message to the customer
do-send = Send
do-note = Keep the note
do-take-over = Take over
do-hand-back = Hand back to the assistant
do-assign = Assign to me
do-release = No longer mine
do-resolve = Resolve
do-snooze = Later
snooze-label = When it comes up again
snooze-hour = in an hour
snooze-day = tomorrow at this time
snooze-week = in a week
done-send = Your message is on its way.
done-note = The note is kept.
done-take-over = It is yours. The assistant is quiet.
done-hand-back = The assistant answers again.
done-assign = It is yours.
done-release = It is nobody’s now.
done-resolve = Resolved.
done-snooze = It comes up again then.
to-lead = The whole story
to-conversation = Conversation
strength-proven = proven
strength-given = given, not proven
delivery-queued = Waiting to be sent
delivery-sending = Being sent
delivery-sent = Sent
delivery-delivered = Delivered
delivery-read = Read
delivery-failed = Not delivered
delivery-unknown = Perhaps not delivered
delivery-held = Held
delivery-skipped = Not sent
delivery-dropped = Not sent

# Leads
leads-empty = No leads here yet. They come by themselves once a customer writes.
back-to-leads = Back to the leads
lead-name = Name
lead-score = Score
lead-status = Status
lead-wants = Wants
lead-source = Came by
lead-active = Last active
lead-urgency = Urgency
lead-when = When
lead-where = Where
lead-budget = Budget
do-filter = Show
do-save = Save
done-save = Saved.
stage-title = Stage
upcoming-title = What comes next
blocked-title = What waits, and why
timeline-title = What happened
timeline-journey = Journey
timeline-task = To do
score-hot = hot
score-warm = warm
score-cold = cold
score-unscored = not rated
status-new = new
status-qualifying = being asked
status-qualified = qualified
status-appointment-booked = appointment booked
status-handed-off = with staff
status-nurturing = kept warm
status-closed-won = won
status-closed-lost = lost
status-disqualified = not a customer
source-web-form = web form
source-whatsapp = WhatsApp
source-sms = SMS
source-live-chat = chat
source-missed-call = missed call
urgency-low = some time
urgency-normal = normal
urgency-high = within days
urgency-emergency = emergency
stage-new-lead = new lead
stage-quote-sent = quote sent
stage-quote-following-up = reminded of the quote
stage-booked = booked
stage-pre-appointment = appointment soon
stage-appointment-today = appointment today
stage-job-in-progress = being served
stage-job-complete = job done
stage-awaiting-payment = invoice open
stage-paid = paid
stage-review-eligible = may be asked for a review
stage-reviewed = has written a review
stage-dormant = not heard of for long
stage-churned = gone

# To do
escalations-title = Customers who want a person
escalations-empty = Nobody waits for a person.
escalations-more = There are more: resolve some first.
tasks-title = Tasks
tasks-empty = Nothing to do.
task-due = by
do-task = Done
done-task = Done.
resolution-note = What you did about it
reason-customer-asked = asked for a person
reason-complaint = is unhappy
reason-emergency = emergency
reason-tenant-word = said one of your words
reason-tenant-rule = one of your rules
reason-long-conversation = it goes on and on
reason-unsure = the assistant was not sure
reason-ai-unavailable = the model could not be had
reason-delivery-unknown = a reply may not have arrived
reason-delivery-failed = a reply did not arrive
reason-after-refusal = writes again after asking for no messages
reason-unproven-refusal = asks for no messages, and nobody knows who it is
reason-automatic-replies = a machine seems to answer
task-call = call
task-collections-call = call about an invoice
task-write = write
task-reschedule = find another time
task-answer = answer
task-other = other

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
insight-qualified = des prospects qualifiés
insight-after-hours = venus pendant la fermeture
insight-alone = conversations menées sans une personne
seconds =
    { $count ->
        [one] { $count } seconde
       *[other] { $count } secondes
    }
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
