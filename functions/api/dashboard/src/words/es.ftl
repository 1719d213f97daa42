# The frame
nav-label = Páginas
nav-start = Inicio
nav-inbox = Bandeja de entrada
nav-leads = Clientes potenciales
nav-tasks = Pendientes
nav-account = Su cuenta
skip = Ir al contenido
offline = Se perdió la conexión. Lo volvemos a intentar, y lo que escribió se queda aquí.
undo = Deshacer
list-none-here = Nada entre lo más reciente. Lo anterior está en la página siguiente.
next-page = Más
any = Cualquiera
to-start = A la página de inicio
to-sign-in = Iniciar sesión

# In the place of a page
renew-title = Un momento
renew-text = Estamos comprobando que sigue siendo usted. Si no pasa nada, vuelva a iniciar sesión.
second-factor-title = Primero, un segundo factor
second-factor-text = Su empresa pide un segundo factor. Configúrelo en su cuenta y vuelva.
forbidden-title = Esta página no es para su rol
forbidden-text = Si la necesita, pídasela a un administrador de su empresa.
missing-title = Aquí no hay nada
missing-text = Puede que se haya unido a otro o se haya borrado, o que el enlace esté incompleto.
busy-title = Demasiadas solicitudes
busy-text = Espere un minuto y vuelva a cargar la página.
refused-title = No funcionó
failed-title = No pudimos hacerlo
failed-text = El fallo es nuestro. Inténtelo de nuevo en un minuto.

# The first page
start-title = { $name } hoy
card-unassigned = esperan a una persona
card-mine = son suyos
needs-title = Lo que aún le falta a su asistente
needs-met = Su asistente tiene todo lo que necesita
need-done = hecho
need-missing = falta
need-do = Configurar
need-channel = Un canal por el que los clientes le escriban
need-services = Los servicios que ofrece, con precios
need-hours = Su horario de atención
need-phone = El número al que llaman los clientes
need-address = Su dirección
need-faqs = Respuestas a lo que los clientes suelen preguntar

# Leads
leads-empty = Aún no hay clientes potenciales. Aparecen solos en cuanto un cliente escribe.
back-to-leads = Volver a los clientes potenciales
lead-name = Nombre
lead-score = Puntuación
lead-status = Estado
lead-wants = Quiere
lead-source = Llegó por
lead-active = Última actividad
lead-urgency = Urgencia
lead-when = Cuándo
lead-text = Nombre, número, correo o deseo
lead-location = Sede que se ocupa
lead-no-location = Ninguna
lead-how-many = Cuántos
lead-where = Dónde
lead-budget = Presupuesto
do-filter = Mostrar
do-save = Guardar
done-save = Guardado.
stage-title = Etapa
upcoming-title = Lo que sigue
blocked-title = Lo que espera, y por qué
timeline-title = Lo que pasó
timeline-journey = Recorrido
timeline-task = Pendiente
score-hot = caliente
score-warm = tibio
score-cold = frío
score-unscored = sin puntuar
status-new = nuevo
status-qualifying = en preguntas
status-qualified = calificado
status-appointment-booked = cita reservada
status-handed-off = con el equipo
status-nurturing = en seguimiento
status-closed-won = ganado
status-closed-lost = perdido
status-disqualified = no es cliente
source-web-form = formulario web
source-whatsapp = WhatsApp
source-sms = SMS
source-live-chat = chat
source-missed-call = llamada perdida
urgency-low = algún día
urgency-normal = normal
urgency-high = en pocos días
urgency-emergency = emergencia
stage-new-lead = cliente potencial nuevo
stage-quote-sent = presupuesto enviado
stage-quote-following-up = se le recordó el presupuesto
stage-booked = reservado
stage-pre-appointment = cita próxima
stage-appointment-today = cita hoy
stage-job-in-progress = trabajo en curso
stage-job-complete = trabajo terminado
stage-awaiting-payment = factura pendiente
stage-paid = pagado
stage-review-eligible = se le puede pedir una reseña
stage-reviewed = escribió una reseña
stage-dormant = sin noticias desde hace mucho
stage-churned = se fue

# To do
escalations-title = Clientes que quieren hablar con una persona
escalations-empty = Nadie espera a una persona.
escalations-more = Hay más: resuelva algunos primero.
tasks-title = Tareas
tasks-empty = No hay nada pendiente.
task-due = antes de
do-task = Hecho
done-task = Hecho.
resolution-note = Qué hizo al respecto
reason-customer-asked = pidió hablar con una persona
reason-complaint = está descontento
reason-emergency = emergencia
reason-tenant-word = dijo una de sus palabras
reason-tenant-rule = una de sus reglas
reason-long-conversation = la conversación se alarga
reason-unsure = el asistente no estaba seguro
reason-ai-unavailable = el modelo no estaba disponible
reason-delivery-unknown = puede que una respuesta no haya llegado
reason-delivery-failed = una respuesta no llegó
reason-after-refusal = vuelve a escribir después de pedir que no le escriban
reason-unproven-refusal = pide no recibir mensajes, y no se sabe quién es
reason-automatic-replies = parece que contesta una máquina
task-call = llamar
task-collections-call = llamar por una factura
task-write = escribir
task-reschedule = buscar otra hora
task-answer = responder
task-other = otra cosa

# Insights
nav-insights = Resultados
insights-range = Días
last-days =
    { $count ->
        [one] último día
       *[other] últimos { $count } días
    }
insight-leads = clientes potenciales
insight-hot = muy interesados
insight-booking-requests = pidieron una cita
insight-booked = con cita
insight-first-response = hasta la primera respuesta, en la mitad de los casos
insight-staff-response = hasta que responde su equipo, en la mitad de los casos
model-cost = lo que costaron los modelos de IA
insight-qualified = de los clientes potenciales, calificados
insight-after-hours = llegaron con el negocio cerrado
insight-alone = conversaciones atendidas sin una persona
seconds =
    { $count ->
        [one] { $count } segundo
       *[other] { $count } segundos
    }

# Settings
nav-settings = Ajustes
nav-journeys = Recorridos
none = Ninguno
first-page = Desde el principio
do-remove = Quitar
do-up = Subir
do-revoke = Revocar
done-remove = Quitado.
done-revoke = Revocado.
settings-business = Empresa
settings-hours = Horario
settings-services = Servicios
settings-questions = Preguntas
settings-assistant = Asistente
settings-channels = Canales
settings-team = Equipo
settings-keys = Claves de API
settings-data = Datos y registro

business-title = Lo que se les puede decir a los clientes
business-name = Nombre que conocen los clientes
business-trade = Ramo
business-trade-hint = En una o dos palabras, como techos o dental.
business-works-at = Dónde trabajan
works-at-business = Los clientes vienen a nosotros
works-at-customer = Vamos a casa de los clientes
business-description = A qué se dedican, en una o dos frases
business-address = Dirección, en una línea
business-phone = Número de teléfono
phone-hint = Con el prefijo del país, como +13035550100.
business-website = Sitio web
business-zone = Zona horaria
business-zone-hint = Su nombre en la base de datos de zonas horarias, como America/Denver.
business-language = Idioma, si no se conoce el del cliente
language-en = Inglés
language-es = Español
language-fr = Francés
language-de = Alemán
language-pt = Portugués
business-notify = Quién se entera de los clientes calientes y de los que quieren hablar con una persona
business-notify-hint = De una a cinco direcciones de correo, una por línea.

week-title = Una semana normal
week-hint = Por ejemplo, 09:00-12:00, 13:00-17:00. Deje vacío el día en que cierran.
spans-wrong = Escriba horas como 09:00-12:00, 13:00-17:00; vacío significa cerrado.
closed = cerrado
day-monday = Lunes
day-tuesday = Martes
day-wednesday = Miércoles
day-thursday = Jueves
day-friday = Viernes
day-saturday = Sábado
day-sunday = Domingo
exceptions-title = Días distintos, una sola vez
exceptions-empty = No hay ninguno. Añada su próximo día libre, para que no se prometa una llamada ese día.
exception-add = Añadir un día
exception-name = Motivo
exception-date = Fecha
exception-until = Último día, si son varios
special-spans = Abierto ese día
special-spans-hint = Déjelo vacío si cierran.
holidays-title = Festivos de todos los años
holidays-empty = Aún no hay festivos.
holiday-add = Añadir un festivo
holiday-name = Nombre
holiday-month = Mes, de 1 a 12
holiday-day = Día del mes
holiday-day-hint = Para un festivo de fecha fija. Para uno como el cuarto jueves, déjelo vacío y elija abajo.
holiday-nth = Cuál del mes
holiday-weekday = Día de la semana
nth-1 = primer
nth-2 = segundo
nth-3 = tercer
nth-4 = cuarto
nth-5 = quinto
nth--1 = último
in-month = mes { $month }

services-title = Lo que ofrecen
services-empty = Aún no hay servicios. El asistente solo puede ofrecer lo que está aquí.
booking-page-title = Su página de reservas
booking-page-text = Aquí los clientes reservan citas por sí mismos. Ponga la dirección en su sitio web o envíela.
service-add = Añadir un servicio
service-name = Nombre
service-description = Una frase sobre él
service-price = Precio
service-price-hint = Por ejemplo 149, 350+ para un precio desde, o 350-500; vacío si depende.
service-duration = Duración en minutos
service-keywords = Otras palabras para ello
keywords-hint = Como lo dicen los clientes, en cualquier idioma, separadas por comas.
minutes =
    { $count ->
        [one] { $count } minuto
       *[other] { $count } minutos
    }
worth-title = Cuánto vale
missed-revenue =
    { $count ->
        [one] puede valer { $count } consulta recibida con el negocio cerrado
       *[other] pueden valer { $count } consultas recibidas con el negocio cerrado
    }
won-value = ganado
roi = rendimiento sobre lo que cuesta Porchlight
assumes = Esto supone:
assumes-close-rate = consultas que compran
assumes-job = un trabajo medio
assumes-price = el precio mensual de Porchlight
assumed-settings = de sus ajustes
assumed-prices = de sus precios
assumed-default = estimación nuestra; ponga la suya
days-title = Clientes potenciales por día
as-table = Como tabla
day = Día
funnel-title = Hasta dónde llegan
drop-off = La mayoría se queda antes de este paso
step-leads = llegaron
step-qualified = calificados
step-booked = con cita
step-won = ganados
asked-title = Lo que más preguntan los clientes
asked-empty = Nadie ha preguntado nada todavía.
ways-title = Cómo le encuentran los clientes
best-source = Lo que más trae
channel = Canal
conversations = Conversaciones
messages-in = Mensajes recibidos
messages-out = Mensajes enviados
intent-greeting = saludos
intent-hours = horario
intent-price = precios
intent-address = dónde están
intent-service = servicios
intent-booking = citas
intent-complaint = quejas
intent-emergency = emergencias
intent-human = una persona
intent-detail = detalles de su trabajo
intent-thanks = agradecimientos
intent-not-now = ahora no
intent-opt-out = no más mensajes
intent-opt-in = mensajes de nuevo
intent-missed-call = llamadas perdidas
intent-other = otras cosas
hours =
    { $count ->
        [one] { $count } hora
       *[other] { $count } horas
    }
days =
    { $count ->
        [one] { $count } día
       *[other] { $count } días
    }

faqs-title = Lo que los clientes suelen preguntar
faqs-empty = Aún no hay respuestas. Empiece por las tres preguntas que oye todos los días.
faq-add = Añadir una pregunta y su respuesta
faq-question = Pregunta
faq-answer = Respuesta
faq-keywords = Otras palabras con que la hacen
intake-title = Lo que les preguntan a los clientes
intake-text = El asistente las hace en este orden, primero las obligatorias.
intake-empty = Aún no hay preguntas. Sin ellas, el asistente solo pregunta lo que hace falta de cada cliente potencial.
intake-add = Añadir una pregunta
question-text = Pregunta
question-kind = Tipo de respuesta
kind-text = cualquier texto
kind-choice = una de varias
kind-yes-no = sí o no
kind-number = un número
kind-date = una fecha
kind-photo = una foto
question-required = obligatoria
question-required-label = Hacerla antes que las demás
question-options = Respuestas para elegir
question-options-hint = Una por línea, dos como mínimo.
question-min = Número mínimo
question-max = Número máximo
question-unit = Qué se cuenta, como años
question-when = Hacerla solo después de esta respuesta
question-when-always = A todos
answer-yes = sí
answer-no = no

voice-title = Cómo habla
voice-personality = Estilo
personality-none = Ningún estilo en particular
personality-luxury-concierge = Conserje de un gran hotel
personality-fast-direct = Breve y al grano
personality-friendly-casual = Vecino amable
personality-sales = Buen vendedor
voice-tone = Tono, con sus propias palabras
voice-tone-hint = Por ejemplo, cálido y breve.
voice-instructions = Qué debe saber o hacer
voice-instructions-hint = Lo que le diría a un colega nuevo el primer día.
calling-title = Cuándo llama a una persona
calling-words = Palabras que llaman a una persona de inmediato
calling-words-hint = Además de emergencias, quejas y quien pide una persona. Separadas por comas.
hot-words = Palabras que calientan a un cliente potencial
hot-words-hint = Por ejemplo, seguro aprobado. Separadas por comas.
sla-first = Primera respuesta en, segundos
sla-staff = Respuesta de una persona en, minutos de horario de atención
sla-resolution = Resuelto en, horas
quiet-title = Horas de silencio
quiet-text = A los clientes se les responde a cualquier hora. Lo que no acaban de pedir espera hasta que terminen las horas de silencio donde viven.
quiet-from = Desde
quiet-until = Hasta

channel-on = configurado
channel-off = sin configurar
channel-turn-off = Dejar de usar este canal
sms-account = Cuenta de Twilio, empieza por AC
sms-from = Número desde el que salen los mensajes
whatsapp-number = ID del número de teléfono
whatsapp-number-hint = El ID del número en el administrador de WhatsApp de Meta, no el número mismo.
email-from = Dirección desde la que sale el correo
email-from-hint = A una dirección nueva le enviamos un correo con un enlace. Cuando alguien lo confirme allí, el correo saldrá desde ella.
site-title = Sitio web y llamadas perdidas
chat-on = Chat en su sitio web
text-back = Las llamadas perdidas se responden por
origins = Sitios web que pueden llamar a la API
origins-hint = Protocolo y dominio, como https://www.example.com, uno por línea.
credentials-title = Credenciales de los proveedores
credentials-text = Se guardan cifradas y no se vuelven a mostrar.
credential-meta-app-secret = Meta: clave secreta de la app
credential-meta-access-token = Meta: token de acceso
credential-meta-verify-token = Meta: token de verificación
credential-twilio-auth-token = Twilio: token de autenticación
credential-twilio-api-key = Twilio: clave de API
credential-secret = Valor nuevo
credential-there = guardada
site-keys-title = Chat, formularios y centralita
site-keys-text = Por su clave sabemos que un chat, un formulario o una llamada perdida es de su empresa.
site-keys-empty = Aún no hay claves. Cree una para poner el chat en su sitio web.
site-key-new = Crear una clave
site-key-kind = Para
site-key-widget = chat
site-key-form = formulario
site-key-call = centralita
site-key-origins = Sitios web que pueden usarla; vacío, cualquiera
site-key-consent = Palabras con que se acepta recibir mensajes de texto
site-key-consent-hint = Tal como están junto al campo del teléfono de su formulario. Sin ellas, a quien llena el formulario no se le escribe por SMS, salvo que el formulario mismo lo indique.
widget-line = Pegue esta línea en las páginas de su sitio web:
key-name = Para qué es
do-make-key = Crear la clave
done-make-key = La clave está creada.

members-title = Quién forma parte del equipo
member-you = usted
member-role = Rol
member-role-hint = Quien observa lee. Los agentes responden a los clientes. Los gerentes cambian los ajustes. Los administradores se ocupan de personas, claves y datos.
member-viewer = Observador
member-agent = Agente
member-manager = Gerente
member-admin = Administrador
member-super-admin = Dirige la plataforma
invitations-title = Invitaciones
invitations-empty = Ahora mismo no hay nadie invitado.
invitation-until = válida hasta
invitation-over = vencida
invite-title = Invitar a alguien
invite-email = Correo electrónico
do-invite = Invitar
done-invite = La invitación está en camino.

keys-title = Claves de programas
keys-text = Un programa con una clave puede hacer lo que dicen sus permisos. Puede haber dos, para que la nueva esté en uso antes de quitar la vieja.
keys-empty = Ningún programa tiene una clave.
key-new = Crear una clave
key-scopes = Qué puede hacer
key-once = La clave se muestra una sola vez, aquí. Guárdela como una contraseña.
key-used = último uso
key-unused = nunca usada

retention-title = Cuánto tiempo se guardan los datos
retention-text = En días, 30 como mínimo. Si un campo está vacío, las conversaciones y los clientes potenciales se guardan siempre, y el registro 400 días.
retention-messages = Conversaciones
retention-leads = Clientes potenciales cerrados
retention-audit = Este registro
second-factor-required = Los administradores deben iniciar sesión con un segundo factor
benchmarks = Nuestras cifras cuentan en los promedios de nuestro ramo
benchmarks-hint = Si está marcado, seis cifras de sus últimos doce meses se cuentan junto con las de muchas otras empresas: presupuestos aceptados, tiempo hasta la primera respuesta, citas perdidas, estrellas de reseñas, clientes que vuelven, ingresos por técnico. Sin nombres, sin clientes, sin mensajes. Solo se publica lo que vale para muchas empresas y no se puede atribuir a ninguna. Sin marcar: desde la noche siguiente no se cuenta nada suyo, y usted no ve la comparación.
exports-title = Llévese sus datos
exports-text = Un archivo con todo lo que hay guardado de su empresa. Tarda unos minutos y está disponible unos días.
do-export = Pedir un archivo
done-export = Estamos empaquetando sus datos. El archivo aparecerá aquí.
do-fetch = Descargar
export-all = todo
export-contact = un cliente
job-running = en curso
job-done = listo
job-incomplete = lo estamos revisando
audit-title = Lo que se hizo
audit-empty = Todavía nada.
audit-when = Cuándo
audit-who = Quién
audit-what = Qué
audit-subject = Sobre
audit-created = creó
audit-updated = cambió
audit-removed = quitó
audit-signed-in = inició sesión
audit-sign-in-failed = no pudo iniciar sesión
audit-sign-in-locked = bloqueado tras intentos fallidos
audit-signed-out = cerró sesión
audit-refresh-reused = sesión cerrada, porque su token se usó dos veces
audit-registered = se unió
audit-email-verified = confirmó una dirección
audit-reset-requested = pidió una contraseña nueva
audit-password-set = cambió la contraseña
audit-second-factor-enabled = activó un segundo factor
audit-second-factor-disabled = quitó un segundo factor
audit-backup-code-used = usó un código de respaldo
audit-tenant-entered = entró en esta empresa
audit-exported = exportó datos
audit-erased = borró datos
who-key = un programa
who-porchlight = Porchlight

# Journeys
journeys-text = Mensajes que empiezan solos y se detienen en cuanto el cliente reacciona.
back-to-journeys = Volver a los recorridos
sequence-on = activo
sequence-off = en pausa
sequence-own = versión propia
step-count =
    { $count ->
        [one] { $count } paso
       *[other] { $count } pasos
    }
steps-title = Pasos
do-pause = Pausar
do-resume = Reanudar
done-pause = En pausa. Nadie recibe el siguiente paso hasta que se reanude.
done-resume = Se reanuda.
dry-run-link = Para ver lo que un cliente recibe en los próximos días, abra su cliente potencial y elija «Ver los próximos días».
ahead-title = Lo que viene para { $name }
ahead-text = Lo que pasaría si no reacciona y nadie hace nada: cada paso, adónde iría y por qué no saldría. No se envía nada.
ahead-days = Hasta cuándo
ahead-empty = En este tiempo no pasaría nada.
ahead-link = Ver los próximos días
step-number = paso { $number }
happening-sent = sale
happening-delayed = espera
happening-not-sent = no sale
happening-waiting = ya espera
happening-task = tarea
happening-mark = avanza de etapa
happening-skipped = se omite
happening-ended = termina aquí
route-best = el canal por el que mejor se le encuentra
variant-sent = enviado a { $count }
variant-converted = { $count } hicieron lo que pide
variant-opted-out = { $count } se dieron de baja
wait-at-once = enseguida
wait-after = { $span } después
wait-day = día { $day }
wait-before-appointment = { $span } antes de la cita
wait-appointment-day = el día de la cita
wait-after-appointment = { $span } después de la cita
wait-before-due =
    { $count ->
        [one] { $count } día antes del vencimiento de la factura
       *[other] { $count } días antes del vencimiento de la factura
    }
wait-after-due =
    { $count ->
        [one] { $count } día después del vencimiento de la factura
       *[other] { $count } días después del vencimiento de la factura
    }
wait-react = según reaccionen

# Locations, staff, branding
settings-locations = Sucursales
settings-staff = Personal
branding-title = Cómo se presentan
branding-text = Los campos vacíos son como en Porchlight, o como los fijó su agencia.
branding-name = Nombre que se muestra, si es otro
branding-sender = Nombre del remitente de los correos
branding-logo = Dirección de su logotipo, empieza por https
branding-color = Color principal, como #1A4D8F
branding-accent = Segundo color, como #F2A900
branding-domain = Su propio dominio para los enlaces
locations-text = Lo que no se fija para una sucursal es como en toda la empresa.
locations-empty = No hay sucursales. A muchos les basta una dirección: está en Empresa.
location-add = Añadir una sucursal
location-name = Nombre que conocen los clientes
location-street = Calle y número
location-postal-code = Código postal
location-city = Ciudad
location-state = Estado o provincia
location-country = País
location-country-hint = Sus dos letras, como US.
location-zone = Zona horaria, si es otra
location-hours = Horario
location-hours-business = Como en toda la empresa
location-hours-own = Propio
location-active = Se puede enviar clientes allí
staff-text = Quienes hacen el trabajo y pueden recibir tareas. Para que alguien inicie sesión, invítelo al equipo.
staff-empty = Todavía nadie.
staff-add = Añadir a alguien
staff-name = Nombre
staff-title = Puesto
staff-title-hint = Por ejemplo, técnico principal.
staff-skills = Qué sabe hacer
staff-skills-hint = Como lo piden los servicios, uno por línea.
staff-active = Trabaja con nosotros ahora
not-active = inactivo

# Patience
patience-title = Cuánto sigue por su cuenta
patience-text = Más allá de esto, se pide a una persona que mire la conversación.
period-open = Con el negocio abierto
period-closed = Con el negocio cerrado
period-weekend = Sábado y domingo
patience-messages = Mensajes recibidos y enviados
patience-confidence = Respuestas de las que está menos seguro que, en porcentaje

# Rules of escalation
rules-title = Sus propias reglas
rules-text = Cuando se cumple todo lo que dice una regla, se llama a una persona y se hace lo que indica la regla.
rules-empty = No hay reglas propias. De emergencias, quejas y quien pide una persona nos ocupamos igualmente.
rule-add = Añadir una regla
rule-during = Vale
during-any = a cualquier hora
during-open = con el negocio abierto
during-closed = con el negocio cerrado
during-weekend = sábado y domingo
rule-words = El cliente dice una de estas palabras
calling-words-hint-list = Separadas por comas. Vacío: diga lo que diga.
rule-score-at-least = El cliente potencial está al menos
rule-no-staff-reply-within-minutes = Nadie de ustedes ha respondido en, minutos
rule-notify = Avisar también a estas direcciones de correo
rule-create-task = Dar a alguien esta tarea
rule-sentiment = ánimo
rule-vip = trato especial
rule-channel = canal
rule-first-message = primer mensaje
rule-call-list = llaman
rule-assign = va a

# Leads that staff enter
lead-phone = Teléfono
lead-email = Correo electrónico
lead-message = Qué quiere
lead-enter = Anotar un cliente potencial
do-enter = Anotar
done-enter = Cliente potencial anotado.
lead-value = Valor
lead-lost-reason = Por qué se perdió
source-entered = anotado por el equipo
site-key-once = La clave del sistema telefónico es secreta y se muestra una sola vez, aquí. Las de un chat o un formulario son públicas.

# What insights assume
assumptions-title = Lo que suponen las cifras
assumptions-text = Se usa en la página de resultados para estimar cuánto valen las consultas. Los campos vacíos usan nuestra estimación.
assumptions-close-rate = Consultas que se convierten en clientes, en porcentaje
assumptions-job = Un trabajo medio
assumptions-price = Lo que cuesta Porchlight al mes
leads-as-board = Ver como tablero
leads-as-list = Ver como lista
board-move = Mover a
board-count = ({ $count } de los mostrados)
board-do-move = Mover
leads-none-match = Ningún cliente potencial coincide.
cents-wrong = Escriba un importe como 1250 o 80,50.

# What the script says
say-unreachable = No podemos ser contactados: revise su conexión e inténtelo de nuevo
say-not-now = Esto no funcionó: inténtelo de nuevo en un momento
say-broken = Esta página falló. Cárguela de nuevo.
say-please-sign-in = Inicie sesión.
