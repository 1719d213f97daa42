# The pages
nav-knowledge = Conhecimento
knowledge-documents = Documentos
knowledge-pairs = Perguntas e respostas
knowledge-gaps = Ainda sem resposta
knowledge-text = O seu assistente responde a partir do que põe aqui e diz onde o leu. O que não encontra em lado nenhum, pergunta à sua equipa.
knowledge-location = Local
knowledge-everywhere = Todos os locais
knowledge-category = Categoria
knowledge-category-hint = Uma palavra que diga do que trata, como preços.

# Adding documents
document-add = Adicionar documentos
document-files = Ficheiros
document-files-hint = Escolha um ou vários, ou arraste-os para esta página: PDF, Word (DOCX), Excel (XLSX), CSV, HTML, Markdown ou texto, no máximo { $size } cada.
document-replaces = Um ficheiro com o nome de um documento substitui-o
do-upload = Enviar
upload-waits = à espera
upload-runs = a ser enviado
upload-sent = enviado; a seguir é lido
upload-lost = Não foi possível enviá-lo. Verifique a ligação e tente de novo.
upload-again = Enviar de novo
upload-empty = Este ficheiro está vazio.
upload-too-large = Tem mais de { $size }. Divida-o ou guarde-o mais pequeno.
upload-wrong-kind = Ficheiros deste tipo não podem ser lidos. Guarde-o como PDF, DOCX, XLSX, CSV, HTML, Markdown ou texto.
upload-done = Enviados: {"{}"}. Agora são lidos, e esta página mostra como vai.
upload-some-failed = Enviados: {"{}"} de {"{}"}. Ao lado dos outros está o que aconteceu.

# The list
documents-title = O que o seu assistente sabe
documents-empty = Ainda nada. Adicione uma lista de preços, uma página do seu site ou o que os clientes costumam perguntar; um minuto depois, o seu assistente responde com isso.
documents-none-match = Nenhum documento corresponde.
documents-count =
    { $count ->
        [one] { $count } documento
       *[other] { $count } documentos
    }
documents-on-page =
    { $count ->
        [one] { $count } documento nesta página
       *[other] { $count } documentos nesta página
    }
document-count-ready =
    { $count ->
        [one] { $count } pronto
       *[other] { $count } prontos
    }
document-count-reading =
    { $count ->
        [one] { $count } ainda a ser lido
       *[other] { $count } ainda a ser lidos
    }
document-count-failed =
    { $count ->
        [one] { $count } não pôde ser lido
       *[other] { $count } não puderam ser lidos
    }
document-status-waiting-for-file = espera pelo ficheiro
document-status-queued = espera pela leitura
document-status-reading = a ser lido
document-status-ready = pronto
document-status-failed = não pôde ser lido
document-told-ready = { $name } está pronto.
document-told-failed = { $name } não pôde ser lido.
format-pdf = PDF
format-docx = Word
format-xlsx = Excel
format-csv = CSV
format-html = página web
format-markdown = Markdown
format-text = texto
format-faq = perguntas e respostas
document-pages =
    { $count ->
        [one] { $count } página
       *[other] { $count } páginas
    }
document-chunks =
    { $count ->
        [one] { $count } excerto
       *[other] { $count } excertos
    }
document-unread =
    { $count ->
        [one] { $count } página não pôde ser lida
       *[other] { $count } páginas não puderam ser lidas
    }
size-kb = { $size } KB
size-mb = { $size } MB

# Why a document could not be read
document-failure-unknown-format = Ficheiros deste tipo não podem ser lidos. Guarde-o como PDF, DOCX, XLSX, CSV, HTML, Markdown ou texto.
document-failure-damaged = O ficheiro está danificado ou não é o que o nome diz. Guarde-o outra vez e substitua-o.
document-failure-protected = O ficheiro está protegido por palavra-passe. Guarde-o sem ela e substitua-o.
document-failure-too-large = O ficheiro é demasiado grande ou tem demasiadas páginas. Divida-o.
document-failure-empty = Não há nada para ler neste ficheiro.
document-failure-only-images = Todas as páginas são imagens sem texto. Substitua-o por um ficheiro em que o texto possa ser selecionado.
document-failure-index-full = Com os seus outros documentos é mais do que se pode guardar. Elimine os de que não precisa.
document-failure-took-too-long = A leitura demorou demasiado. Divida o ficheiro ou guarde-o noutro formato.

# One document
back-to-knowledge = Voltar aos documentos
document-kind = Tipo
document-size = Tamanho
document-page-count = Páginas
document-chunk-count = Excertos que podem ser encontrados
document-languages = Línguas
document-uploaded = Adicionado
document-ready-at = Pronto desde
document-unread-image = Imagens sem texto
document-unread-broken = Páginas danificadas
document-unread-text = O seu assistente não sabe nada do que está nestas páginas. Substitua o ficheiro por um em que o texto possa ser selecionado.
document-page-list = páginas { $pages }
document-change = Nome e lugar
document-name = Nome
document-replace = Substituir o ficheiro
document-replace-text = O seu assistente responde com a versão anterior até a nova ser lida.
document-file = Nova versão
document-remove = Eliminar
document-remove-text = O seu assistente deixa de responder com ele. O ficheiro também desaparece: não pode ser desfeito.
do-document-remove = Eliminar este documento
done-document-remove = O documento foi eliminado.
knowledge-clear = Eliminar tudo
knowledge-clear-text = Todos os documentos e todas as perguntas com as suas respostas desaparecem para sempre. Não pode ser desfeito.
knowledge-clear-confirm = Escreva { $name } para confirmar
done-knowledge-clear = Está tudo a ser eliminado.

# Questions with their answers
pairs-text = Uma resposta que escreve é dada palavra por palavra. Trate um só assunto em cada uma.
pairs-settings = A lista curta das suas definições também é usada.
pairs-one = Adicionar uma
pairs-many = Adicionar muitas de uma vez
pairs-list = Lista
pairs-new-list = Uma lista nova
pairs-name = Nome da lista nova
pairs-first-name = O que os clientes perguntam
pair-question = Pergunta
pair-answer = Resposta
pair-line = Linha
do-pair-add = Adicionar
done-pair-add = A resposta foi adicionada.
pairs-paste = As suas perguntas e respostas
pairs-paste-hint = Cole duas colunas de uma folha de cálculo, escreva “P:” e “R:” antes, ou cada pergunta com a resposta por baixo.
pairs-count = Entendidas: {"{}"}. Não entendidas: {"{}"}.
pairs-understood = O que foi entendido
pairs-rest = E mais {"{}"}.
pairs-wrong = O que não foi entendido
pairs-line = Linha {"{}"}:
pairs-no-question = Isto não pertence a nenhuma pergunta.
pairs-no-answer = Esta pergunta não tem resposta.
pairs-long-question = A pergunta tem mais de {"{}"} caracteres.
pairs-long-answer = A resposta tem mais de {"{}"} caracteres.
pairs-twice = A mesma pergunta está na linha {"{}"}.
pairs-too-many = Numa lista cabem no máximo {"{}"}.
pairs-columns = Há mais de duas colunas.
pairs-none = Ainda não foi entendido nada.
do-pairs-add = Adicionar o que foi entendido
done-pairs-add = Adicionadas: {"{}"}. O seu assistente sabe-o dentro de momentos.
pairs-lists = As suas listas
pairs-lists-empty = Ainda não há listas.
pairs-script = Para adicionar é preciso JavaScript. As suas listas estão em baixo.
pairs-in-list = Perguntas desta lista
pairs-add-here = Adicionar uma pergunta
done-pair-remove = A pergunta foi retirada.

# A question is tried
ask-title = Experimentar uma pergunta
ask-text = Como um cliente a faria. Nada é enviado nem guardado.
ask-question = Pergunta
do-ask = Procurar
do-ask-reset = Começar de novo
ask-from = A resposta viria de {"{}"}
ask-none = Sem resposta: nada aqui é suficientemente próximo. A sua equipa é consultada.
ask-nothing = Sem resposta: não foi encontrado nada. A sua equipa é consultada.
ask-page = página {"{}"}
ask-score = Pontuação
ask-score-of = {"{}"} (usado a partir de {"{}"})
ask-marked = A frase marcada é a que seria citada.

# What no one had an answer for
gaps-text = O que os clientes perguntaram e nada aqui responde. Escreva a resposta uma vez, e o próximo cliente recebe-a logo.
gaps-empty = Nada está em aberto: cada pergunta encontrou a sua resposta.
gap-times =
    { $count ->
        [one] perguntado uma vez
       *[other] perguntado { $count } vezes
    }
gap-last = a última
gap-examples = Nas palavras dos clientes
gap-draft = Esta resposta é um rascunho do que disse antes. Leia-a antes de a adicionar.
do-gap-add = Adicionar a resposta
done-gap-add = Adicionada. O seu assistente responde a isto a partir de agora.
do-gap-dismiss = Descartar
done-gap-dismiss = Descartada.
