# The frame
nav-label = Pages
nav-start = Start
nav-inbox = Inbox
nav-leads = Leads
nav-tasks = To do
nav-account = Your account
skip = Go to the content
offline = You are offline. We keep trying, and what you typed is safe.
undo = Undo
list-none-here = Nothing among the newest. Older ones are on the next page.
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
missing-text = It may have been merged with another or erased, or the link is incomplete.
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
lead-text = Name, number, e-mail or what they want
lead-location = Location that looks after it
lead-no-location = None
lead-how-many = How many
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
status-qualifying = gathering details
status-qualified = qualified
status-appointment-booked = appointment booked
status-handed-off = with staff
status-nurturing = nurturing
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
stage-job-in-progress = job in progress
stage-job-complete = job complete
stage-awaiting-payment = invoice open
stage-paid = paid
stage-review-eligible = may be asked for a review
stage-reviewed = has written a review
stage-dormant = no contact for a long time
stage-churned = lost customer

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
reason-customer-asked = Customer asked for a person
reason-complaint = Customer is unhappy
reason-emergency = Emergency
reason-tenant-word = Customer said one of your words
reason-tenant-rule = One of your rules applies
reason-long-conversation = Long conversation
reason-unsure = Assistant was not sure
reason-ai-unavailable = Assistant was unavailable
reason-delivery-unknown = A reply may not have arrived
reason-delivery-failed = A reply did not arrive
reason-after-refusal = Wrote again after opting out
reason-unproven-refusal = Opt-out from an unverified address
reason-automatic-replies = Looks like an automatic reply
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
insight-first-response = typical time to the first reply (median)
insight-staff-response = typical time until your team replies (median)
model-cost = what the AI models cost
insight-qualified = of leads qualified
insight-after-hours = leads while you were closed
insight-alone = answered by the assistant alone, of all answered
seconds =
    { $count ->
        [one] { $count } second
       *[other] { $count } seconds
    }
# Settings
nav-settings = Settings
nav-journeys = Follow-ups
none = None
first-page = From the beginning
do-remove = Remove
do-up = Move up
do-revoke = Revoke
done-remove = Removed.
done-revoke = Revoked.
settings-business = Business
settings-hours = Opening hours
settings-services = Services
settings-questions = Questions
settings-assistant = Assistant
settings-channels = Channels
settings-team = Team
settings-keys = API keys
settings-data = Data and activity

business-title = What customers may be told
business-name = Name that customers know
business-trade = Trade
business-trade-hint = In one or two words, such as roofing or dental.
business-works-at = Where you work
works-at-business = Customers come to us
works-at-customer = We go to our customers
business-description = What you do, in a sentence or two
business-address = Address, in one line
business-phone = Telephone number
phone-hint = With the country code, such as +13035550100.
business-website = Website
business-zone = Time zone
business-zone-hint = Its name in the time zone database, such as America/Denver.
business-language = Language, where the customer’s is not known
language-en = English
language-es = Spanish
language-fr = French
language-de = German
language-pt = Portuguese
business-notify = Who hears of hot leads and of customers who want a person
business-notify-hint = One to five e-mail addresses, each on a line of its own.

week-title = A usual week
week-hint = Such as 09:00-12:00, 13:00-17:00. Leave a day empty on which you are closed.
spans-wrong = Write times such as 09:00-12:00, 13:00-17:00; leave it empty for closed.
closed = closed
day-monday = Monday
day-tuesday = Tuesday
day-wednesday = Wednesday
day-thursday = Thursday
day-friday = Friday
day-saturday = Saturday
day-sunday = Sunday
exceptions-title = Special dates
exceptions-empty = No such days. Add your next day off, so that nobody is promised a call on it.
exception-add = Add a day
exception-name = Why
exception-date = Date
exception-until = Last day, if there are several
special-spans = Open on that day
special-spans-hint = Leave it empty if you are closed.
holidays-title = Yearly holidays
holidays-empty = No holidays yet.
holiday-add = Add a holiday
holiday-name = Name
holiday-month = Month, 1 to 12
holiday-day = Day of the month
holiday-day-hint = For a holiday on a fixed date. For one such as the fourth Thursday, leave it empty and choose below.
holiday-nth = Which one in the month
holiday-weekday = Day of the week
nth-1 = first
nth-2 = second
nth-3 = third
nth-4 = fourth
nth-5 = fifth
nth--1 = last
in-month = month { $month }

services-title = What you offer
services-empty = No services yet. The assistant can only offer what is listed here.
booking-page-title = Your booking page
booking-page-text = Customers book appointments here by themselves. Put the address on your website, or send it.
service-add = Add a service
service-name = Name
service-description = One sentence about it
service-price = Price
service-price-hint = Such as 149, 350+ for a price from which it begins, or 350-500; empty if it depends.
service-duration = Duration in minutes
service-keywords = Other words for it
keywords-hint = As customers say it, in any language, with commas between.
minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
worth-title = What it is worth
missed-revenue =
    { $count ->
        [one] estimated value of { $count } inquiry received while you were closed
       *[other] estimated value of { $count } inquiries received while you were closed
    }
won-value = value of leads won
roi = return on investment
assumes = This assumes:
assumes-close-rate = share of inquiries that become customers
assumes-job = an average job
assumes-price = the price of Porchlight a month
assumed-settings = from your settings
assumed-prices = from your prices
assumed-default = our guess; set your own
days-title = Leads by day
as-table = As a table
day = Day
funnel-title = Lead funnel
drop-off = Biggest drop-off before
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
hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }

faqs-title = What customers often ask
faqs-empty = No answers yet. Begin with the three questions that you hear every day.
faq-add = Add a question and its answer
faq-question = Question
faq-answer = Answer
faq-keywords = Other words by which they ask it
intake-title = What you ask customers
intake-text = The assistant asks these in this order, the required ones first.
intake-empty = No questions yet. Without any, the assistant asks only what every lead needs.
intake-add = Add a question
question-text = Question
question-kind = Kind of answer
kind-text = any text
kind-choice = one of several
kind-yes-no = yes or no
kind-number = a number
kind-date = a date
kind-photo = a photo
question-required = required
question-required-label = Ask this before the others
question-options = Answers to choose from
question-options-hint = Each on a line of its own, at least two.
question-min = Lowest number
question-max = Highest number
question-unit = What is counted, such as years
question-when = Ask it only after this answer
question-when-always = Ask everybody
answer-yes = yes
answer-no = no

voice-title = How it speaks
voice-personality = Manner
personality-none = No manner in particular
personality-luxury-concierge = Concierge of a fine hotel
personality-fast-direct = Short and to the point
personality-friendly-casual = Friendly neighbor
personality-sales = Good salesperson
voice-tone = Tone, in your own words
voice-tone-hint = Such as warm and brief.
voice-instructions = What it must know or do
voice-instructions-hint = What you would tell a new colleague on the first day.
calling-title = When it calls a person
calling-words = Words that alert a person immediately
calling-words-hint = Beside emergencies, complaints and whoever asks for a person. With commas between.
hot-words = Words that make a lead hot
hot-words-hint = Such as insurance approved. With commas between.
sla-first = First reply within (seconds)
sla-staff = Reply from your team within (minutes, opening hours only)
sla-resolution = Resolved within (hours)
quiet-title = Quiet hours
quiet-text = Customers are answered at any time. What they did not just ask for waits until the quiet hours are over where they live.
quiet-from = From
quiet-until = Until

channel-on = set up
channel-off = not set up
channel-turn-off = Stop using this channel
sms-account = Twilio account, beginning with AC
sms-from = Number that messages come from
whatsapp-number = Phone number ID
whatsapp-number-hint = The number’s ID in Meta’s WhatsApp manager, not the number itself.
email-from = Address that mail comes from
email-from-hint = We send a mail with a link to a new address. Once somebody there confirms it, mail goes out from it.
site-title = Website and missed calls
chat-on = Chat on your website
text-back = Text back missed calls by
origins = Websites allowed to use the API
origins-hint = Scheme and host, such as https://www.example.com, each on a line of its own.
credentials-title = Credentials of the providers
credentials-text = They are stored encrypted and never shown again.
credential-meta-app-secret = Meta: app secret
credential-meta-access-token = Meta: access token
credential-meta-verify-token = Meta: verify token
credential-twilio-auth-token = Twilio: auth token
credential-twilio-api-key = Twilio: API key
credential-secret = New value
credential-there = stored
site-keys-title = Chat, forms and telephone system
site-keys-text = By its key, we know that a chat, a form or a missed call belongs to your business.
site-keys-empty = No keys yet. Make one to put the chat on your website.
site-key-new = Make a key
site-key-kind = For
site-key-widget = chat
site-key-form = form
site-key-call = telephone system
site-key-origins = Websites that may use this key; empty for any
site-key-consent = Consent wording on your form
site-key-consent-hint = Exactly as they stand beside the telephone field of your form. Without them, the form’s leads are not texted unless it says so itself.
widget-line = Paste this line into your website’s pages:
key-name = What it is for
do-make-key = Make the key
done-make-key = The key is made.

members-title = Who belongs to the team
member-you = you
member-role = Role
member-role-hint = Viewers read. Agents answer customers. Managers change settings. Administrators look after people, keys and data.
member-viewer = Viewer
member-agent = Agent
member-manager = Manager
member-admin = Administrator
member-super-admin = Runs the platform
invitations-title = Invitations
invitations-empty = Nobody is invited at the moment.
invitation-until = good until
invitation-over = expired
invite-title = Invite somebody
invite-email = E-mail address
do-invite = Invite
done-invite = The invitation is on its way.

keys-title = API keys
keys-text = A program with a key may do what its scopes say. There can be two keys, so that a new one is in use before the old one goes.
keys-empty = No program has a key.
key-new = Make a key
key-scopes = What it may do
key-once = The key is shown once, here. Keep it as you would a password.
key-used = last used
key-unused = never used

retention-title = How long data is kept
retention-text = In days, at least 30. Where a field is empty, conversations and leads are kept for ever, the activity log for 400 days.
retention-messages = Conversations
retention-leads = Closed leads
retention-audit = Activity log
second-factor-required = Administrators must sign in with a second factor
benchmarks = Include our figures in anonymous industry averages
benchmarks-hint = If ticked, six figures of your last twelve months are counted together with those of many other businesses: quotes accepted, time to the first answer, missed visits, review stars, customers who come again, revenue for each technician. No names, no customers, no messages. What is published is only about many businesses and cannot be traced to one. Unticked: from the next night on nothing of yours is counted, and you see no comparison.
exports-title = Take your data with you
exports-text = One archive with everything that is stored for your business. It takes some minutes and is there for a few days.
do-export = Ask for an archive
done-export = We are preparing your data. The download will appear here.
do-fetch = Download
export-all = everything
export-contact = one customer
job-running = in progress
job-done = done
job-incomplete = failed; we are looking into it
audit-title = Activity log
audit-empty = Nothing yet.
audit-when = When
audit-who = Who
audit-what = What
audit-subject = Concerning
audit-created = made
audit-updated = changed
audit-removed = removed
audit-signed-in = signed in
audit-sign-in-failed = could not sign in
audit-sign-in-locked = locked after failed attempts
audit-signed-out = signed out
audit-refresh-reused = session ended, as its token was used twice
audit-registered = joined
audit-email-verified = confirmed an address
audit-reset-requested = asked for a new password
audit-password-set = set a password
audit-second-factor-enabled = set up a second factor
audit-second-factor-disabled = removed a second factor
audit-backup-code-used = used a backup code
audit-tenant-entered = entered this business
audit-exported = exported data
audit-erased = erased data
who-key = a program
who-porchlight = Porchlight

# Journeys
journeys-text = Automatic messages. They stop when the customer responds.
back-to-journeys = Back to the follow-ups
sequence-on = on
sequence-off = paused
sequence-own = your own version
step-count =
    { $count ->
        [one] { $count } step
       *[other] { $count } steps
    }
steps-title = Steps
do-pause = Pause
do-resume = Resume
done-pause = Paused. Nobody gets the next step until you resume it.
done-resume = Resumed.
dry-run-link = To see what a customer gets in the days to come, open their lead and choose “See the days to come”.
ahead-title = What comes for { $name }
ahead-text = What would happen if they did not react and no one did anything: each step, where it would go, and why a step would not go out. Nothing is sent.
ahead-days = How far ahead
ahead-empty = Nothing would happen in this time.
ahead-link = See the days to come
step-number = step { $number }
happening-sent = goes out
happening-delayed = waits
happening-not-sent = does not go out
happening-waiting = waits already
happening-task = task
happening-mark = moves on
happening-skipped = passed over
happening-ended = ends here
route-best = the channel that reaches them best
variant-sent = sent to { $count }
variant-converted = { $count } did what it asks for
variant-opted-out = { $count } opted out
wait-at-once = at once
wait-after = { $span } later
wait-day = day { $day }
wait-before-appointment = { $span } before the appointment
wait-appointment-day = on the day of the appointment
wait-after-appointment = { $span } after the appointment
wait-before-due =
    { $count ->
        [one] { $count } day before the invoice is due
       *[other] { $count } days before the invoice is due
    }
wait-after-due =
    { $count ->
        [one] { $count } day after the invoice is due
       *[other] { $count } days after the invoice is due
    }
wait-react = depending on how they respond

# Locations, staff, branding
settings-locations = Locations
settings-staff = Staff
branding-title = How you appear
branding-text = Empty fields use your agency’s branding, or Porchlight’s.
branding-name = Name shown, if different
branding-sender = Name that mail comes from
branding-logo = Address of your logo, beginning with https
branding-color = Main color, such as #1A4D8F
branding-accent = Second color, such as #F2A900
branding-domain = Your own domain for links
locations-text = Empty fields use the business’s settings.
locations-empty = No locations. One address is enough for many: it stands under Business.
location-add = Add a location
location-name = Name that customers know
location-street = Street and number
location-postal-code = ZIP or postal code
location-city = City
location-state = State or province
location-country = Country
location-country-hint = Its two letters, such as US.
location-zone = Time zone, if different
location-hours = Opening hours
location-hours-business = As for the whole business
location-hours-own = Its own
location-active = Customers may be sent there
staff-text = Whoever does the work and can be given tasks. To let somebody sign in, invite them to the team.
staff-empty = Nobody yet.
staff-add = Add somebody
staff-name = Name
staff-title = Job title
staff-title-hint = Such as lead technician.
staff-skills = What they can do
staff-skills-hint = Use the skill names of your services, each on a line of its own.
staff-active = Works with us at the moment
not-active = not active

# Patience
patience-title = How long it goes on by itself
patience-text = The assistant hands over to a person when:
period-open = While you are open
period-closed = While you are closed
period-weekend = On Saturday and Sunday
patience-messages = the conversation reaches this many messages
patience-confidence = it is less sure of an answer than this, in percent

# Rules of escalation
rules-title = Your own rules
rules-text = When all conditions of a rule are met, we alert a person and carry out what the rule says.
rules-empty = No rules of your own. Emergencies, complaints and requests for a person always alert your team.
rule-add = Add a rule
rule-during = Applies
during-any = at any time
during-open = while you are open
during-closed = while you are closed
during-weekend = on Saturday and Sunday
rule-words = The customer says one of these
calling-words-hint-list = With commas between. Empty: whatever they say.
rule-score-at-least = Lead score is at least
rule-no-staff-reply-within-minutes = No one on your team has replied for (minutes)
rule-notify = Also tell these e-mail addresses
rule-create-task = Create this task
rule-sentiment = mood
rule-vip = special care
rule-channel = channel
rule-first-message = first message
rule-call-list = calls
rule-assign = assigned to

# Leads that staff enter
lead-phone = Phone
lead-email = E-mail
lead-message = What they want
lead-enter = Enter a lead
do-enter = Enter
done-enter = The lead is entered.
lead-value = Value
lead-lost-reason = Why it was lost
source-entered = entered by staff
site-key-once = A key for the telephone system is secret and shown once, here. Those for a chat or a form are public.

# What insights assume
assumptions-title = What the figures assume
assumptions-text = Used on the page of insights, to estimate what inquiries are worth. Empty fields use our guesses.
assumptions-close-rate = Inquiries that become customers, in percent
assumptions-job = An average job
assumptions-price = What Porchlight costs a month
leads-as-board = Show as a board
leads-as-list = Show as a list
board-move = Move to
board-count = ({ $count } of those shown)
board-do-move = Move
leads-none-match = No leads match.
cents-wrong = Write an amount such as 1250 or 80.50.

# What the script says
say-unreachable = We cannot be reached: check your connection and try again
say-not-now = This did not work: try again in a moment
say-broken = This page failed. Load it again.
say-please-sign-in = Please sign in.
