# The pages
nav-knowledge = Knowledge
knowledge-documents = Documents
knowledge-pairs = Questions and answers
knowledge-gaps = Not answered yet
knowledge-text = Your assistant answers from what you put here, and says where it read it. What it finds nowhere, it asks your team.
knowledge-location = Location
knowledge-everywhere = All locations
knowledge-category = Category
knowledge-category-hint = One word that says what it is about, such as prices.

# Adding documents
document-add = Add documents
document-files = Files
document-files-hint = Choose one or several, or drop them on this page: PDF, Word (DOCX), Excel (XLSX), CSV, HTML, Markdown or text, at most { $size } each.
document-file-hint = PDF, Word (DOCX), Excel (XLSX), CSV, HTML, Markdown or text, at most { $size }.
document-more = Location and category
document-replaces = A file with the name of a document here replaces it
do-upload = Upload
upload-waits = waits
upload-runs = is being sent
upload-sent = sent; it is read next
upload-lost = It could not be sent. Check your connection and try again.
upload-again = Send again
upload-empty = There is nothing in this file.
upload-too-large = It is larger than { $size }. Split it, or save it in a smaller size.
upload-wrong-kind = Files of this kind cannot be read. Save it as PDF, DOCX, XLSX, CSV, HTML, Markdown or text.
upload-done = Sent: {"{}"}. It is read now, and this page shows how far that is.
upload-some-failed = Sent: {"{}"} of {"{}"}. What is wrong with the others stands beside them.

# The list
documents-title = What your assistant knows
documents-empty = Nothing yet. Add a price list, a page of your site or what customers often ask; a minute later your assistant answers from it.
documents-none-match = No documents match.
documents-count =
    { $count ->
        [one] 1 document
       *[other] { $count } documents
    }
documents-on-page =
    { $count ->
        [one] 1 document on this page
       *[other] { $count } documents on this page
    }
document-count-ready =
    { $count ->
        [one] 1 ready
       *[other] { $count } ready
    }
document-count-reading =
    { $count ->
        [one] 1 is being read
       *[other] { $count } are being read
    }
document-count-failed =
    { $count ->
        [one] 1 could not be read
       *[other] { $count } could not be read
    }
document-status-waiting-for-file = waits for its file
document-status-queued = waits to be read
document-status-reading = is being read
document-status-ready = ready
document-status-failed = could not be read
document-told-ready = { $name } is ready.
document-told-failed = { $name } could not be read.
format-pdf = PDF
format-docx = Word
format-xlsx = Excel
format-csv = CSV
format-html = web page
format-markdown = Markdown
format-text = text
format-faq = questions and answers
document-pages =
    { $count ->
        [one] 1 page
       *[other] { $count } pages
    }
document-chunks =
    { $count ->
        [one] 1 excerpt
       *[other] { $count } excerpts
    }
document-unread =
    { $count ->
        [one] 1 page could not be read
       *[other] { $count } pages could not be read
    }
size-kb = { $size } KB
size-mb = { $size } MB

# Why a document could not be read
document-failure-unknown-format = Files of this kind cannot be read. Save it as PDF, DOCX, XLSX, CSV, HTML, Markdown or text.
document-failure-damaged = The file is damaged, or it is not what its name says. Save it again and replace it.
document-failure-protected = The file is protected by a password. Save it without one and replace it.
document-failure-too-large = The file is too large or has too many pages. Split it.
document-failure-empty = There is nothing to read in this file.
document-failure-only-images = All its pages are pictures without text. Replace it with a file in which the text can be selected.
document-failure-index-full = Together with your other documents it is more than can be kept. Delete some that you do not need.
document-failure-took-too-long = Reading it took too long. Split it, or save it in another format.

# One document
back-to-knowledge = Back to the documents
document-kind = Kind
document-size = Size
document-page-count = Pages
document-chunk-count = Excerpts
document-languages = Languages
document-uploaded = Added
document-ready-at = Ready since
document-unread-image = Pictures without text
document-unread-broken = Damaged pages
document-unread-text = Nothing on these pages is known to your assistant. Replace the file with one in which the text can be selected.
document-page-list = pages { $pages }
document-change = Name and place
document-name = Name
document-replace = Replace the file
document-replace-text = Your assistant answers from the version of before until the new one is read.
document-file = New version
document-remove = Delete
document-remove-text = Your assistant no longer answers from it. The file is gone as well: this cannot be undone.
do-document-remove = Delete this document
done-document-remove = The document is deleted.
knowledge-clear = Delete everything
knowledge-clear-text = All documents and all questions with their answers go for ever. It cannot be undone.
knowledge-clear-confirm = Type { $name } to confirm
done-knowledge-clear = Everything is deleted.

# Questions with their answers
pairs-text = An answer that you write is quoted word for word. Keep one subject in each answer.
pairs-settings = The short list in your settings is used too.
pairs-one = Add one
pairs-many = Add many at once
pairs-list = List
pairs-new-list = A new list
pairs-name = Name of the new list
pairs-first-name = What customers ask
pair-question = Question
pair-answer = Answer
pair-line = Line
do-pair-add = Add
done-pair-add = The answer is added.
pairs-paste = Your questions and answers
pairs-paste-hint = Paste two columns of a spreadsheet, or write “Q:” and “A:” before them, or each question with its answer below.
pairs-count = Understood: {"{}"}. Not understood: {"{}"}.
pairs-understood = What was understood
pairs-rest = And {"{}"} more.
pairs-wrong = What was not understood
pairs-line = Line {"{}"}:
pairs-no-question = This belongs to no question.
pairs-no-answer = There is no answer to this question.
pairs-long-question = The question is longer than {"{}"} characters.
pairs-long-answer = The answer is longer than {"{}"} characters.
pairs-twice = The same question stands in line {"{}"}.
pairs-too-many = A list takes at most {"{}"}.
pairs-columns = There are more than two columns.
pairs-none = Nothing was understood yet.
do-pairs-add = Add what was understood
done-pairs-add = Added: {"{}"}. Your assistant knows it in a moment.
pairs-lists = Your lists
pairs-lists-empty = No lists yet.
pairs-script = Adding takes JavaScript. Your lists are below.
pairs-in-list = Questions in this list
pairs-add-here = Add a question
done-pair-remove = The question is removed.
pair-gone = This question is not in the list any more: somebody changed it. Load the page again.

# A question is tried
ask-title = Try a question
ask-text = As a customer would ask it. Nothing is sent or stored.
ask-question = Question
do-ask = Look it up
do-ask-reset = Begin again
ask-from = Would be answered from {"{}"}
ask-none = Not answered: nothing here is close enough. The team is asked.
ask-nothing = Not answered: nothing was found. The team is asked.
ask-page = page {"{}"}
ask-score = Score
ask-score-of = {"{}"} (used from {"{}"})
ask-marked = The marked sentence is the one that would be quoted.

# What no one had an answer for
gaps-text = What several customers asked and nothing here answers, gathered every Monday. Write the answer once, and the next customer gets it at once.
gaps-empty = Nothing is open. What several customers ask and nothing answers will stand here.
gap-times =
    { $count ->
        [one] asked once
       *[other] asked { $count } times
    }
gap-last = last
gap-examples = In customers’ words
gap-draft = This answer is a draft of what your team wrote to one of them. Read it before you add it.
do-gap-add = Add the answer
done-gap-add = Added to your frequent questions. Your assistant answers it from now on.
do-gap-dismiss = Dismiss
done-gap-dismiss = Dismissed.
