# The pages
nav-knowledge = Conhecimento
knowledge-documents = Documentos
knowledge-pairs = Perguntas e respostas
knowledge-gaps = Ainda sem resposta
knowledge-text = Seu assistente responde com o que você coloca aqui e diz onde leu. O que não encontra em lugar nenhum, pergunta à sua equipe.
knowledge-location = Unidade
knowledge-everywhere = Todas as unidades
knowledge-category = Categoria
knowledge-category-hint = Uma palavra que diga do que se trata, como preços.

# Adding documents
document-add = Adicionar documentos
document-files = Arquivos
document-files-hint = Escolha um ou vários, ou arraste-os para esta página: PDF, Word (DOCX), Excel (XLSX), CSV, HTML, Markdown ou texto, no máximo { $size } cada.
document-file-hint = PDF, Word (DOCX), Excel (XLSX), CSV, HTML, Markdown ou texto, no máximo { $size }.
document-more = Unidade e categoria
document-replaces = Um arquivo com o nome de um documento substitui esse documento
do-upload = Enviar
upload-waits = esperando
upload-runs = sendo enviado
upload-sent = enviado; a seguir é lido
upload-lost = Não foi possível enviar. Verifique a conexão e tente de novo.
upload-again = Enviar de novo
upload-empty = Este arquivo está vazio.
upload-too-large = Tem mais de { $size }. Divida ou salve em tamanho menor.
upload-wrong-kind = Arquivos deste tipo não podem ser lidos. Salve como PDF, DOCX, XLSX, CSV, HTML, Markdown ou texto.
upload-done = Enviados: {"{}"}. Agora são lidos, e esta página mostra o andamento.
upload-some-failed = Enviados: {"{}"} de {"{}"}. Ao lado dos outros está o que aconteceu.

# The list
documents-title = O que seu assistente sabe
documents-empty = Ainda nada. Adicione uma lista de preços, uma página do seu site ou o que os clientes costumam perguntar; um minuto depois, seu assistente responde com isso.
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
        [one] { $count } ainda sendo lido
       *[other] { $count } ainda sendo lidos
    }
document-count-failed =
    { $count ->
        [one] { $count } não pôde ser lido
       *[other] { $count } não puderam ser lidos
    }
document-status-waiting-for-file = espera o arquivo
document-status-queued = espera a leitura
document-status-reading = sendo lido
document-status-ready = pronto
document-status-failed = não pôde ser lido
document-told-ready = { $name } está pronto.
document-told-failed = { $name } não pôde ser lido.
format-pdf = PDF
format-docx = Word
format-xlsx = Excel
format-csv = CSV
format-html = página da web
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
        [one] { $count } trecho
       *[other] { $count } trechos
    }
document-unread =
    { $count ->
        [one] { $count } página não pôde ser lida
       *[other] { $count } páginas não puderam ser lidas
    }
size-kb = { $size } KB
size-mb = { $size } MB

# Why a document could not be read
document-failure-unknown-format = Arquivos deste tipo não podem ser lidos. Salve como PDF, DOCX, XLSX, CSV, HTML, Markdown ou texto.
document-failure-damaged = O arquivo está danificado ou não é o que o nome diz. Salve de novo e substitua.
document-failure-protected = O arquivo está protegido por senha. Salve sem ela e substitua.
document-failure-too-large = O arquivo é grande demais ou tem páginas demais. Divida.
document-failure-empty = Não há nada para ler neste arquivo.
document-failure-only-images = Todas as páginas são imagens sem texto. Substitua por um arquivo em que o texto possa ser selecionado.
document-failure-index-full = Com seus outros documentos é mais do que cabe. Exclua os de que não precisa.
document-failure-took-too-long = A leitura demorou demais. Divida o arquivo ou salve em outro formato.

# One document
back-to-knowledge = Voltar aos documentos
document-kind = Tipo
document-size = Tamanho
document-page-count = Páginas
document-chunk-count = Trechos
document-languages = Idiomas
document-uploaded = Adicionado
document-ready-at = Pronto desde
document-unread-image = Imagens sem texto
document-unread-broken = Páginas danificadas
document-unread-text = Seu assistente não sabe nada do que está nestas páginas. Substitua o arquivo por um em que o texto possa ser selecionado.
document-page-list = páginas { $pages }
document-change = Nome e lugar
document-name = Nome
document-replace = Substituir o arquivo
document-replace-text = Seu assistente responde com a versão anterior até a nova ser lida.
document-file = Nova versão
document-remove = Excluir
document-remove-text = Seu assistente deixa de responder com ele. O arquivo também some: não dá para desfazer.
do-document-remove = Excluir este documento
done-document-remove = O documento foi excluído.
knowledge-clear = Excluir tudo
knowledge-clear-text = Todos os documentos e todas as perguntas com as suas respostas somem para sempre. Não dá para desfazer.
knowledge-clear-confirm = Digite { $name } para confirmar
done-knowledge-clear = Tudo foi excluído.

# Questions with their answers
pairs-text = Uma resposta que você escreve é dada palavra por palavra. Trate um só assunto em cada uma.
pairs-settings = A lista curta das suas configurações também é usada.
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
pairs-paste = Suas perguntas e respostas
pairs-paste-hint = Cole duas colunas de uma planilha, escreva “P:” e “R:” antes, ou cada pergunta com a resposta embaixo.
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
pairs-none = Nada foi entendido ainda.
do-pairs-add = Adicionar o que foi entendido
done-pairs-add = Adicionadas: {"{}"}. Seu assistente saberá em instantes.
pairs-lists = Suas listas
pairs-lists-empty = Ainda não há listas.
pairs-script = Para adicionar é preciso JavaScript. Suas listas estão abaixo.
pairs-in-list = Perguntas desta lista
pairs-add-here = Adicionar uma pergunta
done-pair-remove = A pergunta foi removida.
pair-gone = Esta pergunta não está mais na lista: alguém a mudou. Recarregue a página.

# A question is tried
ask-title = Testar uma pergunta
ask-text = Como um cliente faria. Nada é enviado nem gravado.
ask-question = Pergunta
do-ask = Buscar
do-ask-reset = Começar de novo
ask-from = A resposta viria de {"{}"}
ask-none = Sem resposta: nada aqui é próximo o bastante. Sua equipe é consultada.
ask-nothing = Sem resposta: nada foi encontrado. Sua equipe é consultada.
ask-page = página {"{}"}
ask-score = Pontuação
ask-score-of = {"{}"} (usado a partir de {"{}"})
ask-marked = A frase marcada é a que seria citada.

# What no one had an answer for
gaps-text = O que vários clientes perguntaram e nada aqui responde, reunido toda segunda-feira. Escreva a resposta uma vez, e o próximo cliente a recebe na hora.
gaps-empty = Nada está pendente. O que vários clientes perguntarem e nada responder aparecerá aqui.
gap-times =
    { $count ->
        [one] perguntado uma vez
       *[other] perguntado { $count } vezes
    }
gap-last = a última
gap-examples = Nas palavras dos clientes
gap-draft = Esta resposta é um rascunho do que sua equipe escreveu a um deles. Leia antes de adicionar.
do-gap-add = Adicionar a resposta
done-gap-add = Adicionada às suas perguntas frequentes. Seu assistente responde a isso a partir de agora.
do-gap-dismiss = Descartar
done-gap-dismiss = Descartada.
