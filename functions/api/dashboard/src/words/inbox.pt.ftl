# The inbox
inbox-queues = Filas
inbox-choose = Escolha uma conversa.
inbox-empty = Ninguém está esperando aqui.
queue-all = Todas
queue-mine = Minhas
queue-unassigned = De ninguém
queue-escalated = Escaladas
queue-snoozed = Mais tarde
queue-resolved = Resolvidas
nobody-named = Ainda sem nome
tag-escalated = quer falar com uma pessoa
tag-assistant = o assistente responde
tag-mine = sua
tag-colleague = de um colega
tag-nobody = ainda de ninguém
tag-snoozed = mais tarde:
tag-resolved = resolvida
tag-urgent = urgente
minutes-waiting =
    { $count ->
        [one] esperando há { $count } minuto
       *[other] esperando há { $count } minutos
    }
minutes-left =
    { $count ->
        [one] falta { $count } minuto
       *[other] faltam { $count } minutos
    }
minutes-late =
    { $count ->
        [one] { $count } minuto de atraso
       *[other] { $count } minutos de atraso
    }
channel-sms = SMS
channel-whatsapp = WhatsApp
channel-email = E-mail
channel-chat = Chat
role-customer = Cliente
role-assistant = Assistente
role-staff = Equipe
role-notice = Para a equipe

# A conversation
thread-label = Conversa
messages-label = Mensagens
about-label = Sobre o cliente
back-to-inbox = Voltar à caixa de entrada
older-messages = Mensagens anteriores
confidence = { $percent }% de certeza
note-title = Nota
note-summary = Escrever uma nota
note-label = Uma nota para a sua equipe; o cliente nunca a vê
reply-label = Sua mensagem ao cliente
note-mention = @ e o nome de um colega envia a ele um e-mail que leva até aqui.
do-suggest = Sugerir uma resposta
do-suggest-drop = Descartar a sugestão
suggest-ask = Substituir o que você escreveu?
suggest-busy = Uma resposta está sendo escrita…
suggest-done = É uma sugestão: leia antes de enviar.
suggest-builtin = É uma sugestão do assistente integrado: leia antes de enviar.
suggest-unchecked = Está sendo escrito e ainda não foi verificado: não use.
suggest-replaced = O que você viu enquanto era escrito não é usado. É outra sugestão: leia antes de enviar.
suggest-dropped = A sugestão foi descartada.
suggest-none-not-configured = Não há o que sugerir aqui sem um modelo, e nenhum está configurado.
suggest-none-budget-used-up = Não há o que sugerir aqui sem um modelo, e os tokens deste mês acabaram.
suggest-none-unavailable = Não há o que sugerir agora. Tente de novo em instantes.
suggest-none-declined = Não há o que sugerir: o modelo recusou.
suggest-none-unfit = Não há o que sugerir: o que o modelo escreveu não podia ser enviado.
do-send = Enviar
do-note = Salvar a nota
do-take-over = Assumir
do-hand-back = Devolver ao assistente
do-assign = Atribuir a mim
do-release = Não é mais minha
assign-label = Atribuir a
do-assign-to = Atribuir
do-resolve = Resolver
do-snooze = Mais tarde
snooze-label = Quando ela volta
snooze-hour = em uma hora
snooze-day = amanhã a esta hora
snooze-week = em uma semana
done-send = Sua mensagem está a caminho.
done-note = A nota foi salva.
done-take-over = É sua. O assistente fica em silêncio.
done-hand-back = O assistente volta a responder.
done-assign = É sua.
done-release = Agora não é de ninguém.
done-assign-to = Atribuída.
done-resolve = Resolvida.
done-snooze = Ela volta nessa hora.
to-lead = A história completa
to-conversation = Conversa
strength-proven = comprovado
strength-given = informado, não comprovado
delivery-queued = Aguardando envio
delivery-sending = Enviando
delivery-sent = Enviada
delivery-delivered = Entregue
delivery-read = Lida
delivery-failed = Não entregue
delivery-unknown = Talvez não entregue
delivery-held = Retida
delivery-skipped = Não enviada
delivery-dropped = Não enviada

# Canned answers
settings-canned = Respostas prontas
canned-text = Textos que se escrevem com frequência. Quem responde a um cliente insere um e pode alterá-lo antes de enviar.
canned-empty = Ainda não há respostas prontas.
canned-none = Ainda não há respostas prontas. Elas ficam nas configurações.
canned-add = Adicionar uma resposta pronta
canned-name = Nome para escolhê-la
canned-words = Texto
canned-places = {"{name}"}, {"{business}"}, {"{service}"}, {"{date}"}, {"{time}"}, {"{amount}"}, {"{link}"} e {"{phone}"} são preenchidos. O que está entre colchetes, como {"[ em {date}]"}, é omitido quando nada se sabe.
canned-language = Idioma
canned-any-language = Qualquer idioma
canned-label = Resposta pronta
do-insert = Inserir
canned-unknown = Não há resposta pronta com esse nome.
canned-missing = Aqui nada se sabe; complete:

# What was read, and who is there
unread-only = Não lidas
unread-count =
    { $count ->
        [one] { $count } não lida
       *[other] { $count } não lidas
    }
do-unread = Marcar como não lida
done-unread = Marcada como não lida.
is-here = { $name } está aqui
is-writing = { $name } está escrevendo
somebody = Alguém

# Approved templates
window-closed = O WhatsApp aceita texto livre até 24 horas depois da última mensagem do cliente, e elas passaram. Um modelo aprovado chega até ele.
template-label = Modelo aprovado
do-send-template = Enviar o modelo
templates-none = Não há modelos aprovados guardados. Um administrador os adiciona nas configurações, em Canais.
templates-title = Modelos para conversas
templates-text = O que sua equipe pode enviar pelo WhatsApp mais de 24 horas depois da última mensagem de um cliente. A Meta aprova modelos no gerenciador do WhatsApp.
templates-empty = Ainda não há modelos.
template-add = Adicionar um modelo
template-name = Nome
template-name-hint = Como no gerenciador do WhatsApp da Meta.
template-language = Idioma
template-language-hint = O código da Meta, como pt_BR.
template-values = Valores
template-values-hint = Um por linha para {"{{1}}"}, {"{{2}}"} e assim por diante; {"{name}"} e outros lugares são preenchidos.
template-text = O que o cliente lê
template-text-hint = Fica na conversa. {"{name}"}, {"{business}"}, {"{service}"}, {"{date}"} e {"{time}"} são preenchidos.
file-picture = Imagem do cliente
file-open = Abrir o arquivo ({ $kind })
file-missing-gone = O arquivo não está mais disponível.
file-missing-too-large = O arquivo é grande demais: mais de 16 MB.
file-missing-no-access = O arquivo não foi baixado: falta o acesso ao canal nas configurações.
file-missing-not-yet = O arquivo ainda não foi baixado. Nova tentativa em breve.
file-missing-refused = Não foi possível baixar o arquivo.
attach-label = Anexar uma imagem, um PDF ou um vídeo (até 16 MB)
attach-lost = Não foi possível enviar o arquivo. Tente de novo.
summary-title = O que foi dito antes
point-wants = Quer
point-agreed = Combinado
point-open = Em aberto
point-prefers = Prefere
point-told = Contou
summary-message = mensagem { $number }
