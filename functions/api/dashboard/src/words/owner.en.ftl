
# Contacts
nav-contacts = Contacts
back-to-contacts = Back to the contacts
contacts-search = Name, number or e-mail
contacts-empty = No contacts yet. They come by themselves once somebody writes, or you add or import them.
contacts-none-match = No contacts match.
contacts-import = Import contacts
contacts-export = Export everything
contacts-download = Download this list (CSV)
contacts-downloaded = In the file: {"{}"}
contact-add = Add a contact
done-contact-add = The contact is added.
contact-tag = Tag
contact-tags = Tags, separated by commas
contact-assignee = Assigned to
contact-nobody = Nobody
contact-addresses = How to reach them
contact-other-names = Other names
contact-lead = Their open lead
strength-proven-text = they wrote from it
strength-given-text = given to us, not proven
contact-remove-address = Remove { $address }
contact-change = Change
contact-add-address = Add a number or an e-mail address
contact-fields = Your own fields, one a line, such as gate: 4711
contact-fields-wrong = Write each field as name: value, in a line of its own.
contact-erase = Erase this contact
contact-erase-text = Everything that is known of this person goes for ever: messages, leads, notes. It cannot be undone.
contact-erase-confirm = Type { $name } to confirm
done-contact-erase = The contact is being erased.
contact-notes = Notes
contact-note-new = A note for your colleagues
contact-note-add = Add the note
contact-notes-empty = No notes yet.
done-contact-note = The note is added.
contact-consents = What they agreed to
contact-consents-empty = Nothing was recorded.
contact-opted-out = They asked to hear nothing more.
consent-granted = Agreed
consent-refused = Refused
purpose-transactional = about what was agreed
purpose-conversational = about what they asked
purpose-marketing = advertising
contact-duplicates = May be the same person
do-merge = Merge the two
done-merge = They are one contact now.
do-not-duplicate = Different people
done-not-duplicate = They are kept apart.
contact-merged = Merged into this contact
contact-merged-text = Taken apart, each gets back what was its own.
do-take-apart = Take apart
done-take-apart = They are apart again.

# Imports
import-text = Choose a CSV file of at most 30 MB. It is tried first, and nothing is stored until you say so.
import-file = File
import-file-wrong = Choose a file.
import-lost = The file could not be sent. Try again.
import-columns-text = What the columns are called in the first line of the file. Several are separated by commas; leave empty what is not in it.
import-column-name = Columns of the name
import-column-phones = Columns of telephone numbers
import-column-emails = Columns of e-mail addresses
import-column-tags = Columns of tags
import-update = Add to contacts that are there what they do not have
import-try = Try the file
imports-title = Imports of the last 30 days
imports-empty = Nothing was imported.
back-to-imports = Back to the imports
import-title = Import of contacts
import-waiting = not started
import-running = running
import-tried = tried
import-done = done
import-failed = failed
import-cancelled = stopped
import-only-tried = This was a trial: nothing was stored.
import-lines = Lines read
import-count-made = New contacts
import-count-updated = Contacts completed
import-count-duplicates = Already there
import-count-refused = With mistakes
import-started = Started
import-finished = Ended
do-import = Import now
done-import-start = The import has started.
do-import-cancel = Stop
done-import-cancel = Stopped. What was stored stays.
import-told = Lines that made no contact
import-line = Line
import-column = Column
import-why = Why
import-is-there = This address belongs to a contact.
import-show = Show the contact
import-made =
    { $count ->
        [one] 1 new contact
       *[other] { $count } new contacts
    }

# Clients
nav-clients = Clients
back-to-clients = Back to the clients
clients-empty = No clients yet.
client-enter = Enter
client-new = A new client
client-create = Set it up
done-client-create = The client is set up.
client-name = Name of the business
client-industry = Trade, such as roofing
client-notify = Who gets notices, e-mail addresses
client-region = Country, such as US
client-currency = Currency, such as USD
client-zone = Time zone
client-language = Language
client-today = Today
client-leads = Leads
client-hot = Hot leads
client-booked = Booked
client-status = Status
client-status-text = While paused, messages are stored and nothing goes out. A closed client cannot be reached or used; it can be opened again.
client-plan = Plan
tenant-active = active
tenant-paused = paused
tenant-closed = closed
plan-starter = Starter
plan-growth = Growth
plan-scale = Scale

# A talk with the assistant
try-title = Talk with your assistant
try-text = As a customer in the chat. Nothing is stored or sent, and it costs nothing.
try-said = What the customer says
try-say = Say
try-again = Begin again
try-silent = The assistant would not answer.

# Approvals
nav-approvals = Approvals
approvals-text = What waits for your yes. Each can be answered here with one click.
approvals-empty = Nothing waits for a yes.
approval-pair = Are these two the same person?
approval-import = { $count ->
    [one] Import one contact from a file that was tried?
   *[other] Import { $count } contacts from a file that was tried?
}
approval-visit = Asks for
approval-question = { $count ->
    [one] One person asked this, and nothing answers it.
   *[other] { $count } people asked this, and nothing answers it.
}
approval-kind-merge-contacts = possible duplicate
approval-kind-import-contacts = import
approval-kind-agree-visit = requested time
approval-kind-add-faq = question without an answer
approval-kind-send-order = purchase order
do-approve-merge-contacts = Merge the two
do-decline-merge-contacts = Different people
do-approve-import-contacts = Import
do-decline-import-contacts = Do not import
do-approve-agree-visit = Agree
do-decline-agree-visit = Decline
do-approve-add-faq = Add to the frequent questions
do-decline-add-faq = Not needed
do-approve-send-order = Approve and send
do-decline-send-order = Do not order
done-approve-merge-contacts = They are one contact now.
done-decline-merge-contacts = They are kept apart.
done-approve-import-contacts = The import is started.
done-decline-import-contacts = The import is stopped.
done-approve-agree-visit = The lead is booked. Tell them in the conversation.
done-decline-agree-visit = Declined. Tell them in the conversation.
done-approve-add-faq = Added. Whoever asks it is answered now.
done-decline-add-faq = It is not suggested again.
done-approve-send-order = Approved. It goes to the supplier now.
done-decline-send-order = It is not sent.

# The log of requests, and keys for tests
settings-requests = Requests
requests-text = What programs asked and people changed in the last 14 days. Each answer names its request in x-request-id.
requests-all = All
requests-failed = Refused or failed
request-log-empty = No requests.
request-what = Request
request-status = Status
request-time = Took
request-id = Id
key-test = for tests
key-mode = What it is for
key-mode-live = Work in earnest
key-mode-test = Tests: nothing that it causes is sent to anybody

# Questions as they are asked
intake-preview-title = As customers are asked
intake-preview-text = Saved questions, in the order in which the assistant asks them: those that must be answered come first, one at a time.
intake-preview-when = Only after: { $answer }
intake-preview-services = Only for: { $services }

# Notices
settings-notices = Your notices
notices-text = E-mails that you get from this business about conversations.
notices-mentions = When a colleague mentions me in a note
notices-assignments = When a conversation is assigned to me
told-title = Who is told when a customer wants a person
told-text = The business sends these mails to addresses of its choice, and always.
told-change = Change these addresses

settings-extras = Extras
extras-title = What the assistant suggests
extras-text = At most one in a conversation: of several that fit, the first. Never to someone who complains, cancels or waits for a person.
extras-empty = Nothing is suggested yet. Begin with what your customers like to add.
extra-add = Add an extra
extra-name = Name
extra-when = When it is suggested
extra-when-service-chosen = a service was chosen
extra-when-visit-booked = a visit was booked or asked for
extra-when-other-platform = they name another platform, such as Booking.com or Yelp
extra-when-too-expensive = they find it too expensive
extra-sentence = Sentence
extra-sentence-hint = In your language, with one question at most. Empty: it is made of the name and the price.
extra-price = Price
extra-percent = Percent off
extra-percent-hint = Instead of a price.
extra-keywords = Other words by which they call it
extra-services = Only for these services
extra-from = First day
extra-until = Last day
extra-active = It is suggested
extra-inactive = off
extras-limit = Most percent off
extras-limit-hint = An extra may take off no more than this.
extras-limit-title = Limit of discounts
lead-extras = Extras
extras-insights-title = Extras that were suggested
extras-month = Month
extras-suggested = Suggested
extras-taken = Taken
extras-declined = Declined
extras-booked = With a booked visit
extras-revenue = Brings in at least
settings-webhooks = Webhooks
webhooks-text = What happens here is posted to these addresses within a second or two, signed, so that Zapier, Make, n8n or your own programs know it.
webhook-add = Add a webhook
webhook-secret-once = The secret with which every post is signed is shown once, here. Keep it as you would a password. Where a new one takes the place of another, posts are signed with both for 24 hours.
webhook-events = Events; if none is ticked, all
webhook-off-failing = nothing was accepted there for five days
webhook-off-gone = the address says that it is gone
webhook-failing = nothing accepted there since
do-webhook-test = Send a test event
webhook-sent = It is on its way.
webhook-rotate = Make a new secret
webhook-deliveries = Posted in the last 30 days
webhook-none = None yet.
webhook-next = next try
clients-none-match = No clients match.
