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
card-unassigned = wait for a person
card-mine = are yours
needs-title = What your assistant still needs
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
nav-insights = Insights
insights-range = Days
last-days =
    { $count ->
        [one] last day
       *[other] last { $count } days
    }
insight-leads = leads
insight-hot = hot leads
insight-booking-requests = asked for a time
insight-booked = booked
insight-first-response = until the first answer, as half of them waited
insight-qualified = of the leads were qualified
insight-after-hours = leads while you were closed
insight-alone = conversations answered without a person
seconds =
    { $count ->
        [one] { $count } second
       *[other] { $count } seconds
    }
minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
worth-title = What it is worth
missed-revenue =
    { $count ->
        [one] that { $count } inquiry while you were closed may be worth
       *[other] that { $count } inquiries while you were closed may be worth
    }
won-value = won
roi = return on what Porchlight costs
assumes = This assumes:
assumes-close-rate = inquiries that buy
assumes-job = an average job
assumes-price = the price of Porchlight a month
assumed-settings = from your settings
assumed-prices = from your prices
assumed-default = our guess; set your own
days-title = Leads by day
as-table = As a table
day = Day
funnel-title = How far leads come
drop-off = Most stop before this step
step-leads = came in
step-qualified = qualified
step-booked = booked
step-won = won
asked-title = What customers ask most
asked-empty = Nobody has asked anything yet.
ways-title = How customers reach you
best-source = What brings most
channel = Channel
conversations = Conversations
messages-in = Messages in
messages-out = Messages out
intent-greeting = greetings
intent-hours = opening hours
intent-price = prices
intent-address = where you are
intent-service = services
intent-booking = booking
intent-complaint = complaints
intent-emergency = emergencies
intent-human = a person
intent-detail = details of their job
intent-thanks = thanks
intent-not-now = not now
intent-opt-out = no more messages
intent-opt-in = messages again
intent-missed-call = missed calls
intent-other = other things
