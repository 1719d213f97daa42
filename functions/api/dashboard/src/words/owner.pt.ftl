
# Contacts
nav-contacts = Contatos
back-to-contacts = Voltar aos contatos
contacts-search = Nome, número ou e-mail
contacts-empty = Ainda não há contatos. Eles chegam sozinhos quando alguém escreve, ou você os adiciona ou importa.
contacts-none-match = Nenhum contato corresponde.
contacts-import = Importar contatos
contacts-export = Exportar tudo
contacts-download = Baixar esta lista (CSV)
contacts-downloaded = No arquivo: {"{}"}
contact-add = Adicionar um contato
done-contact-add = O contato foi adicionado.
contact-tag = Etiqueta
contact-tags = Etiquetas, separadas por vírgulas
contact-assignee = De quem é o contato
contact-nobody = De ninguém
contact-addresses = Como falar com a pessoa
contact-other-names = Outros nomes
contact-lead = Oportunidade aberta
strength-proven-text = escreveu a partir daqui
strength-given-text = informado, não confirmado
contact-remove-address = Remover { $address }
contact-change = Alterar
contact-add-address = Adicionar um número ou e-mail
contact-fields = Seus campos, um por linha, como portao: 4711
contact-fields-wrong = Escreva cada campo como nome: valor, em sua própria linha.
contact-erase = Apagar este contato
contact-erase-text = Tudo o que se sabe desta pessoa some para sempre: mensagens, oportunidades, notas. Não pode ser desfeito.
contact-erase-confirm = Digite { $name } para confirmar
done-contact-erase = O contato está sendo apagado.
contact-notes = Notas
contact-note-new = Uma nota para seus colegas
contact-note-add = Adicionar a nota
contact-notes-empty = Ainda não há notas.
done-contact-note = A nota foi adicionada.
contact-consents = O que a pessoa aceitou
contact-consents-empty = Nada foi registrado.
contact-opted-out = Pediu para não receber mais nada.
consent-granted = Aceitou
consent-refused = Recusou
purpose-transactional = sobre o combinado
purpose-conversational = sobre o que perguntou
purpose-marketing = publicidade
contact-duplicates = Pode ser a mesma pessoa
do-merge = Unir os dois
done-merge = Agora são um só contato.
do-not-duplicate = São pessoas diferentes
done-not-duplicate = Ficam separados.
contact-merged = Unidos a este contato
contact-merged-text = Ao separar, cada um recupera o que era seu.
do-take-apart = Separar
done-take-apart = Estão separados de novo.

# Imports
import-text = Escolha um arquivo CSV de até 30 MB. Primeiro ele é testado, e nada é gravado até você confirmar.
import-file = Arquivo
import-file-wrong = Escolha um arquivo.
import-lost = Não foi possível enviar o arquivo. Tente de novo.
import-columns-text = Como as colunas se chamam na primeira linha do arquivo. Separe várias com vírgulas; deixe vazio o que não existe.
import-column-name = Colunas do nome
import-column-phones = Colunas de telefones
import-column-emails = Colunas de e-mails
import-column-tags = Colunas de etiquetas
import-update = Completar os contatos que já existem
import-try = Testar o arquivo
imports-title = Importações dos últimos 30 dias
imports-empty = Nada foi importado.
back-to-imports = Voltar às importações
import-title = Importação de contatos
import-waiting = espera o arquivo
import-running = em andamento
import-tried = testada
import-done = concluída
import-failed = falhou
import-cancelled = interrompida
import-only-tried = Apenas testada: estes seriam os números da importação.
import-lines = Linhas lidas
import-count-made = Contatos novos
import-count-updated = Contatos completados
import-count-duplicates = Já existem
import-count-refused = Com erros
import-started = Início
import-finished = Fim
do-import = Importar agora
done-import-start = A importação começou.
do-import-cancel = Interromper
done-import-cancel = Interrompida. O que foi gravado fica.
import-told = Linhas que não criaram contato
import-line = Linha
import-column = Coluna
import-why = Motivo
import-is-there = Este endereço é de um contato.
import-show = Ver o contato
import-made =
    { $count ->
        [one] { $count } contato novo
       *[other] { $count } contatos novos
    }

# Clients
nav-clients = Clientes
back-to-clients = Voltar aos clientes
clients-empty = Ainda não há clientes.
client-enter = Entrar
client-new = Um novo cliente
client-create = Criar
done-client-create = O cliente foi criado.
client-name = Nome da empresa
client-industry = Ramo, como telhados
client-notify = Quem recebe avisos (e-mails)
client-region = País, como US
client-currency = Moeda, como USD
client-zone = Fuso horário
client-language = Idioma
client-today = Hoje
client-leads = Oportunidades
client-hot = Oportunidades quentes
client-booked = Agendadas
client-status = Situação
client-status-text = Em pausa, as mensagens são guardadas e nada sai. Um cliente fechado não pode ser usado; pode ser reaberto.
client-plan = Plano
tenant-active = ativo
tenant-paused = em pausa
tenant-closed = fechado
plan-starter = Starter
plan-growth = Growth
plan-scale = Scale

# A talk with the assistant
try-title = Converse com seu assistente
try-text = Como um cliente no chat. Nada é gravado nem enviado, e não custa nada.
try-said = O que o cliente diz
try-say = Dizer
try-again = Recomeçar
try-silent = Nada seria respondido.

# Approvals
nav-approvals = Aprovações
approvals-text = O que espera pelo seu sim. Cada item se responde aqui com um clique.
approvals-empty = Nada espera por um sim.
approval-pair = Estas duas são a mesma pessoa?
approval-import = { $count ->
    [one] Importar um contato de um arquivo que foi testado?
   *[other] Importar { $count } contatos de um arquivo que foi testado?
}
approval-visit = Pede
approval-question = { $count ->
    [one] Uma pessoa perguntou isto, e nada responde.
   *[other] { $count } pessoas perguntaram isto, e nada responde.
}
approval-kind-merge-contacts = possível duplicado
approval-kind-import-contacts = importação
approval-kind-agree-visit = horário pedido
approval-kind-add-faq = pergunta sem resposta
approval-kind-send-order = pedido de compra
do-approve-merge-contacts = Unir os dois
do-decline-merge-contacts = Pessoas diferentes
do-approve-import-contacts = Importar
do-decline-import-contacts = Não importar
do-approve-agree-visit = Aceitar
do-decline-agree-visit = Recusar
do-approve-add-faq = Adicionar às perguntas frequentes
do-decline-add-faq = Não é preciso
do-approve-send-order = Aprovar e enviar
do-decline-send-order = Não pedir
done-approve-merge-contacts = Agora são um só contato.
done-decline-merge-contacts = Ficam separados.
done-approve-import-contacts = A importação começou.
done-decline-import-contacts = A importação foi parada.
done-approve-agree-visit = O horário está combinado. Avise na conversa.
done-decline-agree-visit = Recusado. Avise na conversa.
done-approve-add-faq = Adicionada. Quem perguntar recebe agora uma resposta.
done-decline-add-faq = Não será mais sugerida.
done-approve-send-order = Aprovado. Segue agora para o fornecedor.
done-decline-send-order = Não é enviado.

# The log of requests, and keys for tests
settings-requests = Requisições
requests-text = O que os programas pediram e as pessoas mudaram nos últimos 14 dias. Cada resposta nomeia a sua requisição em x-request-id.
requests-all = Todas
requests-failed = Recusadas ou com falha
request-log-empty = Nenhuma requisição.
request-what = Requisição
request-status = Estado
request-time = Durou
request-id = Id
key-test = de teste
key-mode = Para que serve
key-mode-live = Trabalho de verdade
key-mode-test = Testes: nada do que ela causa é enviado a alguém

# Questions as they are asked
intake-preview-title = Como o cliente é perguntado
intake-preview-text = As perguntas guardadas, na ordem em que o assistente as faz: primeiro as obrigatórias, uma de cada vez.
intake-preview-when = Só depois de: { $answer }
intake-preview-services = Só para: { $services }

# Notices
settings-notices = Seus avisos
notices-text = E-mails que você recebe desta empresa sobre conversas.
notices-mentions = Quando um colega me menciona numa nota
notices-assignments = Quando uma conversa é atribuída a mim
told-title = Quem é avisado quando um cliente quer uma pessoa
told-text = A empresa sempre envia estes e-mails, aos endereços que escolheu.
told-change = Mudar estes endereços

settings-extras = Extras
extras-title = O que o assistente sugere
extras-text = No máximo um por conversa: de vários que servem, o primeiro. Nunca a quem reclama, cancela ou espera por uma pessoa.
extras-empty = Ainda nada é sugerido. Comece pelo que os seus clientes gostam de acrescentar.
extra-add = Adicionar um extra
extra-name = Nome
extra-when = Quando é sugerido
extra-when-service-chosen = um serviço foi escolhido
extra-when-visit-booked = uma visita foi marcada ou pedida
extra-when-other-platform = outra plataforma é nomeada, como Booking.com ou Yelp
extra-when-too-expensive = o cliente acha caro demais
extra-sentence = Frase
extra-sentence-hint = No seu idioma, com uma pergunta no máximo. Vazia: é feita do nome e do preço.
extra-price = Preço
extra-percent = Desconto em porcentagem
extra-percent-hint = Em vez de um preço.
extra-keywords = Outras palavras para o chamar
extra-services = Só para estes serviços
extra-from = Primeiro dia
extra-until = Último dia
extra-active = É sugerido
extra-inactive = desligado
extras-limit = Desconto máximo em porcentagem
extras-limit-hint = Um extra não pode descontar mais do que isto.
extras-limit-title = Limite dos descontos
lead-extras = Extras
extras-insights-title = Extras sugeridos
extras-month = Mês
extras-suggested = Sugerido
extras-taken = Aceito
extras-declined = Recusado
extras-booked = Com visita marcada
extras-revenue = Traz pelo menos
settings-webhooks = Webhooks
webhooks-text = O que acontece aqui é enviado a estes endereços em um ou dois segundos, assinado, para que o Zapier, o Make, o n8n ou os seus próprios programas saibam.
webhook-add = Adicionar um webhook
webhook-secret-once = O segredo que assina cada envio é mostrado uma só vez, aqui. Guarde-o como uma senha. Quando um novo substitui outro, os envios são assinados com os dois durante 24 horas.
webhook-events = Eventos; se nenhum estiver marcado, todos
webhook-off-failing = nada foi aceito lá durante cinco dias
webhook-off-gone = o endereço diz que já não existe
webhook-failing = nada é aceito lá desde
do-webhook-test = Enviar um evento de teste
webhook-sent = Está a caminho.
webhook-rotate = Criar um novo segredo
webhook-deliveries = Enviado nos últimos 30 dias
webhook-none = Ainda nada.
webhook-next = próxima tentativa
clients-none-match = Nenhum cliente corresponde.
