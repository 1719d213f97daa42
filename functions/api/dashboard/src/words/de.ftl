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
nav-insights = Zahlen
insights-range = Tage
last-days =
    { $count ->
        [one] letzter Tag
       *[other] letzte { $count } Tage
    }
insight-leads = Anfragen
insight-hot = sehr interessiert
insight-booking-requests = wollten einen Termin
insight-booked = Termine vereinbart
insight-first-response = bis zur ersten Antwort, bei der Hälfte
insight-qualified = der Anfragen geklärt
insight-after-hours = Anfragen außerhalb der Öffnungszeiten
insight-alone = Gespräche ohne einen Menschen beantwortet
seconds =
    { $count ->
        [one] { $count } Sekunde
       *[other] { $count } Sekunden
    }
minutes =
    { $count ->
        [one] { $count } Minute
       *[other] { $count } Minuten
    }
worth-title = Was es wert ist
missed-revenue =
    { $count ->
        [one] möglicher Wert von { $count } Anfrage außerhalb der Öffnungszeiten
       *[other] möglicher Wert von { $count } Anfragen außerhalb der Öffnungszeiten
    }
won-value = gewonnen
roi = Ertrag auf das, was Porchlight kostet
assumes = Das nimmt an:
assumes-close-rate = Anfragen, die kaufen
assumes-job = ein mittlerer Auftrag
assumes-price = der Monatspreis von Porchlight
assumed-settings = aus Ihren Einstellungen
assumed-prices = aus Ihren Preisen
assumed-default = unsere Schätzung; tragen Sie Ihre ein
days-title = Anfragen nach Tagen
as-table = Als Tabelle
day = Tag
funnel-title = Wie weit Anfragen kommen
drop-off = Die meisten enden vor diesem Schritt
step-leads = gekommen
step-qualified = geklärt
step-booked = Termin vereinbart
step-won = gewonnen
asked-title = Was Kunden am meisten fragen
asked-empty = Noch hat niemand etwas gefragt.
ways-title = Wie Kunden Sie erreichen
best-source = Was am meisten bringt
channel = Kanal
conversations = Gespräche
messages-in = Nachrichten herein
messages-out = Nachrichten hinaus
intent-greeting = Grüße
intent-hours = Öffnungszeiten
intent-price = Preise
intent-address = wo Sie sind
intent-service = Leistungen
intent-booking = Termine
intent-complaint = Beschwerden
intent-emergency = Notfälle
intent-human = einen Menschen
intent-detail = Einzelheiten ihres Auftrags
intent-thanks = Dank
intent-not-now = jetzt nicht
intent-opt-out = keine Nachrichten mehr
intent-opt-in = wieder Nachrichten
intent-missed-call = verpasste Anrufe
intent-other = anderes
