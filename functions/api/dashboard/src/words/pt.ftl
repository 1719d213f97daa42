# The frame
nav-label = Páginas
nav-start = Início
nav-inbox = Caixa de entrada
nav-leads = Leads
nav-tasks = Pendências
nav-account = Sua conta
skip = Ir para o conteúdo
offline = A conexão caiu. Estamos tentando de novo, e o que você escreveu continua aqui.
undo = Desfazer
list-none-here = Nada entre os mais recentes. Os anteriores estão na próxima página.
next-page = Mais
any = Qualquer um
to-start = Ir para o início
to-sign-in = Entrar

# In the place of a page
renew-title = Um momento
renew-text = Estamos verificando se ainda é você. Se nada acontecer, entre de novo.
second-factor-title = Primeiro, um segundo fator
second-factor-text = Sua empresa exige um segundo fator. Configure-o na sua conta e volte.
forbidden-title = Esta página não é para a sua função
forbidden-text = Se precisar dela, peça a um administrador da sua empresa.
missing-title = Não há nada aqui
missing-text = Pode ter sido unido a outro ou apagado, ou o link está incompleto.
busy-title = Solicitações demais
busy-text = Espere um minuto e carregue a página de novo.
refused-title = Não deu certo
failed-title = Não conseguimos fazer isso
failed-text = A falha é nossa. Tente de novo em um minuto.

# The first page
start-title = { $name } hoje
card-unassigned = esperam por uma pessoa
card-mine = são suas
needs-title = O que ainda falta ao seu assistente
needs-met = Seu assistente tem tudo de que precisa
need-done = feito
need-missing = falta
need-do = Configurar
need-channel = Um canal pelo qual os clientes falam com você
need-services = Os serviços que você oferece, com preços
need-hours = Seu horário de atendimento
need-phone = O número para o qual os clientes ligam
need-address = Seu endereço
need-faqs = Respostas ao que os clientes costumam perguntar

# Leads
leads-empty = Ainda não há leads. Eles aparecem sozinhos assim que um cliente escreve.
back-to-leads = Voltar aos leads
lead-name = Nome
lead-score = Pontuação
lead-status = Status
lead-wants = Quer
lead-source = Veio por
lead-active = Última atividade
lead-urgency = Urgência
lead-when = Quando
lead-text = Nome, número, e-mail ou pedido
lead-location = Unidade que cuida dele
lead-no-location = Nenhuma
lead-how-many = Quantos
lead-where = Onde
lead-budget = Orçamento
do-filter = Mostrar
do-save = Salvar
done-save = Salvo.
stage-title = Etapa
upcoming-title = O que vem a seguir
blocked-title = O que está esperando, e por quê
timeline-title = O que aconteceu
timeline-journey = Jornada
timeline-task = Pendência
score-hot = quente
score-warm = morno
score-cold = frio
score-unscored = sem pontuação
status-new = novo
status-qualifying = em perguntas
status-qualified = qualificado
status-appointment-booked = visita agendada
status-handed-off = com a equipe
status-nurturing = em acompanhamento
status-closed-won = ganho
status-closed-lost = perdido
status-disqualified = não é cliente
source-web-form = formulário do site
source-whatsapp = WhatsApp
source-sms = SMS
source-live-chat = chat
source-missed-call = chamada perdida
urgency-low = algum dia
urgency-normal = normal
urgency-high = em poucos dias
urgency-emergency = emergência
stage-new-lead = novo lead
stage-quote-sent = orçamento enviado
stage-quote-following-up = lembrado do orçamento
stage-booked = agendado
stage-pre-appointment = visita próxima
stage-appointment-today = visita hoje
stage-job-in-progress = serviço em andamento
stage-job-complete = serviço concluído
stage-awaiting-payment = fatura em aberto
stage-paid = pago
stage-review-eligible = pode receber pedido de avaliação
stage-reviewed = escreveu uma avaliação
stage-dormant = sem notícias há muito tempo
stage-churned = foi embora

# To do
escalations-title = Clientes que querem falar com uma pessoa
escalations-empty = Ninguém espera por uma pessoa.
escalations-more = Há mais: resolva alguns primeiro.
tasks-title = Tarefas
tasks-empty = Nada a fazer.
task-due = até
do-task = Feito
done-task = Feito.
resolution-note = O que você fez a respeito
reason-customer-asked = pediu uma pessoa
reason-complaint = está insatisfeito
reason-emergency = emergência
reason-tenant-word = disse uma das suas palavras
reason-tenant-rule = uma das suas regras
reason-long-conversation = a conversa está se alongando
reason-unsure = o assistente não tinha certeza
reason-ai-unavailable = o modelo não estava disponível
reason-delivery-unknown = uma resposta talvez não tenha chegado
reason-delivery-failed = uma resposta não chegou
reason-after-refusal = escreve de novo depois de pedir que não lhe escrevam
reason-unproven-refusal = pede para não receber mensagens, e não se sabe quem é
reason-automatic-replies = parece que uma máquina responde
task-call = ligar
task-collections-call = ligar sobre uma fatura
task-write = escrever
task-reschedule = achar outro horário
task-answer = responder
task-other = outra coisa

# Insights
nav-insights = Resultados
insights-range = Dias
last-days =
    { $count ->
        [one] último dia
       *[other] últimos { $count } dias
    }
insight-leads = interessados
insight-hot = muito interessados
insight-booking-requests = pediram um horário
insight-booked = com horário marcado
insight-first-response = até a primeira resposta, na metade dos casos
insight-staff-response = até sua equipe responder, na metade dos casos
model-cost = o que os modelos de IA custaram
insight-qualified = dos interessados qualificados
insight-after-hours = chegaram com a empresa fechada
insight-alone = conversas atendidas sem uma pessoa
seconds =
    { $count ->
        [one] { $count } segundo
       *[other] { $count } segundos
    }

# Settings
nav-settings = Configurações
nav-journeys = Jornadas
none = Nenhum
first-page = Desde o começo
do-remove = Remover
do-up = Mover para cima
do-revoke = Revogar
done-remove = Removido.
done-revoke = Revogado.
settings-business = Empresa
settings-hours = Horários
settings-services = Serviços
settings-questions = Perguntas
settings-assistant = Assistente
settings-channels = Canais
settings-team = Equipe
settings-keys = Chaves de API
settings-data = Dados e registro

business-title = O que os clientes podem saber
business-name = Nome que os clientes conhecem
business-trade = Ramo
business-trade-hint = Em uma ou duas palavras, como telhados ou odontologia.
business-works-at = Onde vocês trabalham
works-at-business = Os clientes vêm até nós
works-at-customer = Nós vamos até os clientes
business-description = O que vocês fazem, em uma ou duas frases
business-address = Endereço, em uma linha
business-phone = Número de telefone
phone-hint = Com o código do país, como +13035550100.
business-website = Site
business-zone = Fuso horário
business-zone-hint = O nome na base de fusos horários, como America/Denver.
business-language = Idioma, quando o do cliente não é conhecido
language-en = Inglês
language-es = Espanhol
language-fr = Francês
language-de = Alemão
language-pt = Português
business-notify = Quem é avisado de leads quentes e de clientes que querem uma pessoa
business-notify-hint = De um a cinco endereços de e-mail, um por linha.

week-title = Uma semana normal
week-hint = Por exemplo, 09:00-12:00, 13:00-17:00. Deixe vazio o dia em que vocês não abrem.
spans-wrong = Escreva horas como 09:00-12:00, 13:00-17:00; vazio significa fechado.
closed = fechado
day-monday = Segunda-feira
day-tuesday = Terça-feira
day-wednesday = Quarta-feira
day-thursday = Quinta-feira
day-friday = Sexta-feira
day-saturday = Sábado
day-sunday = Domingo
exceptions-title = Dias diferentes, uma única vez
exceptions-empty = Nenhum dia assim. Adicione a sua próxima folga, para que não se prometa uma ligação nesse dia.
exception-add = Adicionar um dia
exception-name = Motivo
exception-date = Data
exception-until = Último dia, se forem vários
special-spans = Aberto nesse dia
special-spans-hint = Deixe vazio se estiver fechado.
holidays-title = Feriados de todos os anos
holidays-empty = Ainda não há feriados.
holiday-add = Adicionar um feriado
holiday-name = Nome
holiday-month = Mês, de 1 a 12
holiday-day = Dia do mês
holiday-day-hint = Para um feriado de data fixa. Para um como a quarta quinta-feira, deixe vazio e escolha abaixo.
holiday-nth = Qual do mês
holiday-weekday = Dia da semana
nth-1 = 1ª ocorrência
nth-2 = 2ª ocorrência
nth-3 = 3ª ocorrência
nth-4 = 4ª ocorrência
nth-5 = 5ª ocorrência
nth--1 = última ocorrência
in-month = mês { $month }

services-title = O que vocês oferecem
services-empty = Ainda não há serviços. O assistente só pode oferecer o que está aqui.
booking-page-title = Sua página de horários
booking-page-text = Aqui os clientes marcam horários por conta própria. Coloque o endereço no seu site ou envie-o.
service-add = Adicionar um serviço
service-name = Nome
service-description = Uma frase sobre ele
service-price = Preço
service-price-hint = Por exemplo 149, 350+ para um preço a partir de, ou 350-500; vazio se depender.
service-duration = Duração em minutos
service-keywords = Outras palavras para ele
keywords-hint = Como os clientes dizem, em qualquer idioma, separadas por vírgulas.
minutes =
    { $count ->
        [one] { $count } minuto
       *[other] { $count } minutos
    }
worth-title = Quanto vale
missed-revenue =
    { $count ->
        [one] pode valer { $count } pedido recebido com a empresa fechada
       *[other] podem valer { $count } pedidos recebidos com a empresa fechada
    }
won-value = ganho
roi = retorno sobre o que a Porchlight custa
assumes = Isto supõe:
assumes-close-rate = pedidos que compram
assumes-job = um serviço médio
assumes-price = o preço mensal da Porchlight
assumed-settings = das suas configurações
assumed-prices = dos seus preços
assumed-default = estimativa nossa; informe a sua
days-title = Interessados por dia
as-table = Como tabela
day = Dia
funnel-title = Até onde chegam
drop-off = A maioria para antes desta etapa
step-leads = chegaram
step-qualified = qualificados
step-booked = com horário marcado
step-won = ganhos
asked-title = O que os clientes mais perguntam
asked-empty = Ninguém perguntou nada ainda.
ways-title = Como os clientes chegam a você
best-source = O que mais traz
channel = Canal
conversations = Conversas
messages-in = Mensagens recebidas
messages-out = Mensagens enviadas
intent-greeting = saudações
intent-hours = horário de funcionamento
intent-price = preços
intent-address = onde vocês ficam
intent-service = serviços
intent-booking = horários marcados
intent-complaint = reclamações
intent-emergency = emergências
intent-human = uma pessoa
intent-detail = detalhes do serviço
intent-thanks = agradecimentos
intent-not-now = agora não
intent-opt-out = não querem mais mensagens
intent-opt-in = mensagens de novo
intent-missed-call = chamadas perdidas
intent-other = outras coisas
hours =
    { $count ->
        [one] { $count } hora
       *[other] { $count } horas
    }
days =
    { $count ->
        [one] { $count } dia
       *[other] { $count } dias
    }

faqs-title = O que os clientes costumam perguntar
faqs-empty = Ainda não há respostas. Comece pelas três perguntas que você ouve todos os dias.
faq-add = Adicionar uma pergunta e a resposta
faq-question = Pergunta
faq-answer = Resposta
faq-keywords = Outras palavras com que perguntam
intake-title = O que vocês perguntam aos clientes
intake-text = O assistente as faz nesta ordem, primeiro as obrigatórias.
intake-empty = Ainda não há perguntas. Sem elas, o assistente só pergunta o que todo lead precisa.
intake-add = Adicionar uma pergunta
question-text = Pergunta
question-kind = Tipo de resposta
kind-text = qualquer texto
kind-choice = uma entre várias
kind-yes-no = sim ou não
kind-number = um número
kind-date = uma data
kind-photo = uma foto
question-required = obrigatória
question-required-label = Fazer antes das outras
question-options = Respostas para escolher
question-options-hint = Uma por linha, pelo menos duas.
question-min = Número mínimo
question-max = Número máximo
question-unit = O que se conta, como anos
question-when = Fazer só depois desta resposta
question-when-always = Perguntar a todos
answer-yes = sim
answer-no = não

voice-title = Como ele fala
voice-personality = Estilo
personality-none = Nenhum estilo em especial
personality-luxury-concierge = Concierge de um grande hotel
personality-fast-direct = Curto e direto
personality-friendly-casual = Vizinho simpático
personality-sales = Bom vendedor
voice-tone = Tom, nas suas próprias palavras
voice-tone-hint = Por exemplo, caloroso e breve.
voice-instructions = O que ele precisa saber ou fazer
voice-instructions-hint = O que você diria a um colega novo no primeiro dia.
calling-title = Quando ele chama uma pessoa
calling-words = Palavras que chamam uma pessoa na hora
calling-words-hint = Além de emergências, reclamações e quem pede uma pessoa. Separadas por vírgulas.
hot-words = Palavras que deixam um lead quente
hot-words-hint = Por exemplo, seguro aprovado. Separadas por vírgulas.
sla-first = Primeira resposta em, segundos
sla-staff = Resposta de uma pessoa em, minutos de atendimento
sla-resolution = Resolvido em, horas
quiet-title = Horário de silêncio
quiet-text = Os clientes são respondidos a qualquer hora. O que não acabaram de pedir espera o fim do horário de silêncio onde moram.
quiet-from = De
quiet-until = Até

channel-on = configurado
channel-off = não configurado
channel-turn-off = Parar de usar este canal
sms-account = Conta do Twilio, começa com AC
sms-from = Número de onde saem as mensagens
whatsapp-number = ID do número de telefone
whatsapp-number-hint = O ID do número no gerenciador do WhatsApp da Meta, não o próprio número.
email-from = Endereço de onde saem os e-mails
email-from-hint = Enviamos um e-mail com um link a um endereço novo. Quando alguém confirmar lá, os e-mails passam a sair dele.
site-title = Site e chamadas perdidas
chat-on = Chat no seu site
text-back = As chamadas perdidas são respondidas por
origins = Sites que podem chamar a API
origins-hint = Protocolo e domínio, como https://www.example.com, um por linha.
credentials-title = Credenciais dos provedores
credentials-text = São guardadas criptografadas e nunca mais mostradas.
credential-meta-app-secret = Meta: chave secreta do app
credential-meta-access-token = Meta: token de acesso
credential-meta-verify-token = Meta: token de verificação
credential-twilio-auth-token = Twilio: token de autenticação
credential-twilio-api-key = Twilio: chave de API
credential-secret = Novo valor
credential-there = guardada
site-keys-title = Chat, formulários e telefonia
site-keys-text = Pela chave sabemos que um chat, um formulário ou uma chamada perdida é da sua empresa.
site-keys-empty = Ainda não há chaves. Crie uma para colocar o chat no seu site.
site-key-new = Criar uma chave
site-key-kind = Para
site-key-widget = chat
site-key-form = formulário
site-key-call = telefonia
site-key-origins = Sites que podem usá-la; vazio, qualquer um
site-key-consent = Palavras com que se aceita receber mensagens de texto
site-key-consent-hint = Exatamente como estão ao lado do campo de telefone do seu formulário. Sem elas, os leads do formulário não recebem SMS, a não ser que o próprio formulário diga isso.
widget-line = Cole esta linha nas páginas do seu site:
key-name = Para que serve
do-make-key = Criar a chave
done-make-key = A chave foi criada.

members-title = Quem faz parte da equipe
member-you = você
member-role = Função
member-role-hint = Observadores leem. Atendentes respondem aos clientes. Gerentes mudam as configurações. Administradores cuidam de pessoas, chaves e dados.
member-viewer = Observador
member-agent = Atendente
member-manager = Gerente
member-admin = Administrador
member-super-admin = Administra a plataforma
invitations-title = Convites
invitations-empty = Ninguém está convidado no momento.
invitation-until = válido até
invitation-over = vencido
invite-title = Convidar alguém
invite-email = E-mail
do-invite = Convidar
done-invite = O convite está a caminho.

keys-title = Chaves de programas
keys-text = Um programa com uma chave pode fazer o que as permissões dizem. Pode haver duas, para que a nova esteja em uso antes de a antiga sair.
keys-empty = Nenhum programa tem uma chave.
key-new = Criar uma chave
key-scopes = O que ela pode fazer
key-once = A chave é mostrada uma única vez, aqui. Guarde-a como uma senha.
key-used = último uso
key-unused = nunca usada

retention-title = Por quanto tempo os dados são guardados
retention-text = Em dias, no mínimo 30. Onde o campo está vazio, conversas e leads são guardados para sempre, e o registro por 400 dias.
retention-messages = Conversas
retention-leads = Leads encerrados
retention-audit = Este registro
second-factor-required = Os administradores precisam entrar com um segundo fator
benchmarks = Nossos números contam nas médias do nosso ramo
benchmarks-hint = Se estiver marcado, seis números dos seus últimos doze meses são contados junto com os de muitas outras empresas: orçamentos aceitos, tempo até a primeira resposta, visitas perdidas, estrelas de avaliações, clientes que voltam, receita por técnico. Sem nomes, sem clientes, sem mensagens. Só se publica o que vale para muitas empresas e não leva a nenhuma. Desmarcado: a partir da noite seguinte nada seu é contado, e você não vê a comparação.
exports-title = Leve seus dados com você
exports-text = Um arquivo com tudo o que está guardado da sua empresa. Leva alguns minutos e fica disponível por alguns dias.
do-export = Pedir um arquivo
done-export = Estamos preparando seus dados. O arquivo aparecerá aqui.
do-fetch = Baixar
export-all = tudo
export-contact = um cliente
job-running = em andamento
job-done = pronto
job-incomplete = estamos verificando
audit-title = O que foi feito
audit-empty = Nada ainda.
audit-when = Quando
audit-who = Quem
audit-what = O quê
audit-subject = Sobre
audit-created = criou
audit-updated = mudou
audit-removed = removeu
audit-signed-in = entrou
audit-sign-in-failed = não conseguiu entrar
audit-sign-in-locked = bloqueado após tentativas malsucedidas
audit-signed-out = saiu
audit-refresh-reused = sessão encerrada, porque o token foi usado duas vezes
audit-registered = entrou na equipe
audit-email-verified = confirmou um endereço
audit-reset-requested = pediu uma nova senha
audit-password-set = definiu uma senha
audit-second-factor-enabled = ativou um segundo fator
audit-second-factor-disabled = removeu um segundo fator
audit-backup-code-used = usou um código de reserva
audit-tenant-entered = entrou nesta empresa
audit-exported = exportou dados
audit-erased = apagou dados
who-key = um programa
who-porchlight = Porchlight

# Journeys
journeys-text = Mensagens que começam sozinhas e param assim que o cliente reage.
back-to-journeys = Voltar às jornadas
sequence-on = ativa
sequence-off = em pausa
sequence-own = versão própria
step-count =
    { $count ->
        [one] { $count } passo
       *[other] { $count } passos
    }
steps-title = Passos
do-pause = Pausar
do-resume = Retomar
done-pause = Em pausa. Ninguém recebe o próximo passo até ser retomada.
done-resume = Retomada.
dry-run-link = Para ver o que um cliente recebe nos próximos dias, abra o lead dele e escolha “Ver os próximos dias”.
ahead-title = O que vem para { $name }
ahead-text = O que aconteceria sem reação e se ninguém fizesse nada: cada passo, para onde iria e por que não sairia. Nada é enviado.
ahead-days = Até quando
ahead-empty = Nada aconteceria nesse tempo.
ahead-link = Ver os próximos dias
step-number = passo { $number }
happening-sent = sai
happening-delayed = espera
happening-not-sent = não sai
happening-waiting = já espera
happening-task = tarefa
happening-mark = avança de etapa
happening-skipped = é pulado
happening-ended = termina aqui
route-best = o canal que melhor o alcança
variant-sent = enviado a { $count }
variant-converted = { $count } fizeram o que ele pede
variant-opted-out = { $count } saíram da lista
wait-at-once = na hora
wait-after = { $span } depois
wait-day = dia { $day }
wait-before-appointment = { $span } antes da visita
wait-appointment-day = no dia da visita
wait-after-appointment = { $span } depois da visita
wait-before-due =
    { $count ->
        [one] { $count } dia antes do vencimento da fatura
       *[other] { $count } dias antes do vencimento da fatura
    }
wait-after-due =
    { $count ->
        [one] { $count } dia depois do vencimento da fatura
       *[other] { $count } dias depois do vencimento da fatura
    }
wait-react = conforme a reação

# Locations, staff, branding
settings-locations = Unidades
settings-staff = Pessoal
branding-title = Como vocês aparecem
branding-text = Campos vazios são os do Porchlight, ou os que a sua agência definiu.
branding-name = Nome mostrado, se for outro
branding-sender = Nome do remetente dos e-mails
branding-logo = Endereço do seu logotipo, começa com https
branding-color = Cor principal, como #1A4D8F
branding-accent = Segunda cor, como #F2A900
branding-domain = Seu próprio domínio para os links
locations-text = O que não é definido para uma unidade é como na empresa inteira.
locations-empty = Não há unidades. Para muitos basta um endereço: ele está em Empresa.
location-add = Adicionar uma unidade
location-name = Nome que os clientes conhecem
location-street = Rua e número
location-postal-code = CEP ou código postal
location-city = Cidade
location-state = Estado ou província
location-country = País
location-country-hint = As duas letras, como US.
location-zone = Fuso horário, se for outro
location-hours = Horário
location-hours-business = Como na empresa inteira
location-hours-own = Próprio
location-active = Clientes podem ser enviados para lá
staff-text = Quem faz o trabalho e pode receber tarefas. Para alguém poder entrar, convide-o para a equipe.
staff-empty = Ninguém ainda.
staff-add = Adicionar alguém
staff-name = Nome
staff-title = Cargo
staff-title-hint = Por exemplo, técnico principal.
staff-skills = O que sabe fazer
staff-skills-hint = Como os serviços pedem, um por linha.
staff-active = Trabalha conosco no momento
not-active = inativo

# Patience
patience-title = Até onde ele segue sozinho
patience-text = Além disso, pede-se a uma pessoa que veja a conversa.
period-open = Com a empresa aberta
period-closed = Com a empresa fechada
period-weekend = Sábado e domingo
patience-messages = Mensagens recebidas e enviadas
patience-confidence = Respostas de que tem menos certeza que, em porcentagem

# Rules of escalation
rules-title = Suas próprias regras
rules-text = Quando tudo o que uma regra diz se cumpre, uma pessoa é chamada e o que a regra manda é feito.
rules-empty = Nenhuma regra própria. Emergências, reclamações e quem pede uma pessoa já são atendidos de qualquer forma.
rule-add = Adicionar uma regra
rule-during = Ela vale
during-any = a qualquer hora
during-open = com a empresa aberta
during-closed = com a empresa fechada
during-weekend = sábado e domingo
rule-words = O cliente diz uma destas palavras
calling-words-hint-list = Separadas por vírgulas. Vazio: o que quer que diga.
rule-score-at-least = O lead está pelo menos
rule-no-staff-reply-within-minutes = Ninguém de vocês respondeu em, minutos
rule-notify = Avisar também estes e-mails
rule-create-task = Dar esta tarefa a alguém
rule-sentiment = humor
rule-vip = atenção especial
rule-channel = canal
rule-first-message = primeira mensagem
rule-call-list = ligam
rule-assign = vai para

# Leads that staff enter
lead-phone = Telefone
lead-email = E-mail
lead-message = O que deseja
lead-enter = Registrar um interessado
do-enter = Registrar
done-enter = Interessado registrado.
lead-value = Valor
lead-lost-reason = Por que se perdeu
source-entered = registrado pela equipe
site-key-once = A chave do sistema telefônico é secreta e aparece uma única vez, aqui. As de um chat ou formulário são públicas.

# What insights assume
assumptions-title = O que os números supõem
assumptions-text = Usado na página de resultados para estimar quanto valem os pedidos. Campos vazios usam nossa estimativa.
assumptions-close-rate = Pedidos que viram clientes, em por cento
assumptions-job = Um serviço médio
assumptions-price = Quanto a Porchlight custa por mês
leads-as-board = Ver como quadro
leads-as-list = Ver como lista
board-move = Mover para
board-count = ({ $count } dos mostrados)
board-do-move = Mover
leads-none-match = Nenhum interessado corresponde.
cents-wrong = Escreva um valor como 1250 ou 80,50.

# What the script says
say-unreachable = Não foi possível nos alcançar: verifique sua conexão e tente de novo
say-not-now = Isto não deu certo: tente de novo em um momento
say-broken = Esta página falhou. Carregue-a de novo.
say-please-sign-in = Entre, por favor.
