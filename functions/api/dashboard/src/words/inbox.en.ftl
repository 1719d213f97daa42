# The inbox
inbox-queues = Queues
inbox-choose = Choose a conversation.
inbox-empty = Nothing in this queue.
queue-all = All
queue-mine = Mine
queue-unassigned = Unassigned
queue-escalated = Escalated
queue-snoozed = Snoozed
queue-resolved = Done
nobody-named = No name yet
tag-escalated = a person is wanted
tag-assistant = assistant answers
tag-mine = yours
tag-colleague = a colleague’s
tag-nobody = unassigned
tag-snoozed = later:
tag-resolved = done
tag-urgent = urgent
minutes-waiting =
    { $count ->
        [one] waiting for { $count } minute
       *[other] waiting for { $count } minutes
    }
minutes-left =
    { $count ->
        [one] { $count } minute left
       *[other] { $count } minutes left
    }
minutes-late =
    { $count ->
        [one] { $count } minute late
       *[other] { $count } minutes late
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
note-mention = @ and a colleague’s name sends them a mail that leads here.
do-suggest = Suggest a reply
do-suggest-drop = Dismiss the suggestion
suggest-ask = Replace what you have typed?
suggest-busy = A reply is being written …
suggest-done = This is a suggestion: read it before you send it.
suggest-builtin = This is a suggestion of the built-in assistant: read it before you send it.
suggest-unchecked = It is being written and not checked yet: do not use it.
suggest-replaced = What you saw while it was written is not used. This is another suggestion: read it before you send it.
suggest-dropped = The suggestion was dismissed.
suggest-none-not-configured = There is nothing to suggest here without a model, and none is set up.
suggest-none-budget-used-up = There is nothing to suggest here without a model, and this month’s tokens are used up.
suggest-none-unavailable = There is nothing to suggest just now. Try again in a moment.
suggest-none-declined = There is nothing to suggest: the model declined.
suggest-none-unfit = There is nothing to suggest: what the model wrote could not be sent.
do-send = Send
do-note = Save the note
do-take-over = Take over
do-hand-back = Hand back to the assistant
do-assign = Assign to me
do-release = No longer mine
assign-label = Assign to
do-assign-to = Assign
do-resolve = Resolve
do-snooze = Snooze
snooze-label = Snooze until
snooze-hour = in an hour
snooze-day = tomorrow at this time
snooze-week = in a week
done-send = Your message is on its way.
done-note = Note saved.
done-take-over = It is yours. The assistant is quiet.
done-hand-back = The assistant answers again.
done-assign = It is yours.
done-release = Unassigned.
done-assign-to = Assigned.
done-resolve = Resolved.
done-snooze = Snoozed.
to-lead = Open the lead
to-conversation = Conversation
strength-proven = proven
strength-given = given, not proven
delivery-queued = Waiting to be sent
delivery-sending = Being sent
delivery-sent = Sent
delivery-delivered = Delivered
delivery-read = Read
delivery-failed = Not delivered
delivery-unknown = Delivery not confirmed
delivery-held = On hold
delivery-skipped = Not sent, channel not set up
delivery-dropped = Not sent, blocked

# Canned answers
settings-canned = Canned answers
canned-text = Texts that you write often. Whoever answers a customer inserts one and can change it before it goes out.
canned-empty = No canned answers yet.
canned-none = No canned answers yet. They are kept in the settings.
canned-add = Add a canned answer
canned-name = Name to pick it by
canned-words = Text
canned-places = {"{name}"}, {"{business}"}, {"{service}"}, {"{date}"}, {"{time}"}, {"{amount}"}, {"{link}"} and {"{phone}"} are filled in. What stands in square brackets, such as {"[ on {date}]"}, is left out where nothing is known.
canned-language = Language
canned-any-language = Any language
canned-label = Canned answer
do-insert = Insert
canned-unknown = There is no canned answer of that name.
canned-missing = Not known, please fill in:

# What was read, and who is there
unread-only = Unread
unread-count =
    { $count ->
        [one] { $count } unread
       *[other] { $count } unread
    }
do-unread = Mark as unread
done-unread = Marked as unread.
is-here = { $name } is here
is-writing = { $name } is writing
somebody = Somebody

# Approved templates
window-closed = More than 24 hours have passed since the customer’s last message. WhatsApp now delivers approved templates only.
template-label = Approved template
do-send-template = Send the template
templates-none = No approved templates are kept. An admin adds them in the settings, under Channels.
templates-title = Templates for conversations
templates-text = What your team can send on WhatsApp more than 24 hours after a customer’s last message. Meta approves templates in its WhatsApp manager.
templates-empty = No templates yet.
template-add = Add a template
template-name = Name
template-name-hint = As in Meta’s WhatsApp manager.
template-language = Language
template-language-hint = Meta’s code, such as en or en_US.
template-values = Values
template-values-hint = One a line for {"{{1}}"}, {"{{2}}"} and so on; {"{name}"} and other places are filled in.
template-text = What the customer reads
template-text-hint = Shown in the conversation. {"{name}"}, {"{business}"}, {"{service}"}, {"{date}"} and {"{time}"} are filled in.
file-picture = Picture from the customer
file-open = Open the file ({ $kind })
file-missing-gone = The file is no longer there.
file-missing-too-large = The file is too large: over 16 MB.
file-missing-no-access = The file was not fetched: the access to the channel is missing in the settings.
file-missing-not-yet = The file was not fetched yet. It is tried again.
file-missing-refused = The file could not be fetched.
attach-label = Attach a picture, a PDF or a film (up to 16 MB)
attach-lost = The file could not be sent. Try again.
summary-title = What was said before
point-wants = Wants
point-agreed = Agreed
point-open = Open
point-prefers = Prefers
point-told = Told
summary-message = message { $number }
