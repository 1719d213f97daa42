# The inbox
inbox-queues = Colas
inbox-choose = Elija una conversación.
inbox-empty = Aquí no espera nadie.
queue-all = Todas
queue-mine = Mías
queue-unassigned = De nadie
queue-escalated = Piden una persona
queue-snoozed = Más tarde
queue-resolved = Resueltas
nobody-named = Aún sin nombre
tag-escalated = pide una persona
tag-assistant = responde el asistente
tag-mine = suya
tag-colleague = de un colega
tag-nobody = aún de nadie
tag-snoozed = más tarde:
tag-resolved = resuelta
tag-urgent = urgente
minutes-waiting =
    { $count ->
        [one] espera desde hace { $count } minuto
       *[other] espera desde hace { $count } minutos
    }
minutes-left =
    { $count ->
        [one] queda { $count } minuto
       *[other] quedan { $count } minutos
    }
minutes-late =
    { $count ->
        [one] { $count } minuto de retraso
       *[other] { $count } minutos de retraso
    }
channel-sms = SMS
channel-whatsapp = WhatsApp
channel-email = Correo electrónico
channel-chat = Chat
role-customer = Cliente
role-assistant = Asistente
role-staff = Equipo
role-notice = Al equipo

# A conversation
thread-label = Conversación
messages-label = Mensajes
about-label = Sobre el cliente
back-to-inbox = Volver a la bandeja
older-messages = Mensajes anteriores
confidence = { $percent } % seguro
note-title = Nota
note-summary = Escribir una nota
note-label = Una nota para su equipo; el cliente nunca la ve
reply-label = Su mensaje al cliente
note-mention = @ y el nombre de un compañero le envía un correo que lleva hasta aquí.
do-suggest = Proponer una respuesta
do-suggest-drop = Descartar la propuesta
suggest-ask = ¿Reemplazar lo que ha escrito?
suggest-busy = Se está escribiendo una respuesta…
suggest-done = Es una propuesta: léala antes de enviarla.
suggest-builtin = Es una propuesta del asistente integrado: léala antes de enviarla.
suggest-unchecked = Se está escribiendo y aún no se ha comprobado: no lo use.
suggest-replaced = Lo que vio mientras se escribía no se usa. Es otra propuesta: léala antes de enviarla.
suggest-dropped = La propuesta se descartó.
suggest-none-not-configured = Aquí no hay nada que proponer sin un modelo, y no hay ninguno configurado.
suggest-none-budget-used-up = Aquí no hay nada que proponer sin un modelo, y los tokens de este mes se han agotado.
suggest-none-unavailable = Ahora mismo no hay nada que proponer. Inténtelo de nuevo en un momento.
suggest-none-declined = No hay nada que proponer: el modelo se negó.
suggest-none-unfit = No hay nada que proponer: lo que escribió el modelo no se podía enviar.
do-send = Enviar
do-note = Guardar la nota
do-take-over = Tomar la conversación
do-hand-back = Devolver al asistente
do-assign = Asignármela
do-release = Ya no es mía
assign-label = Asignar a
do-assign-to = Asignar
do-resolve = Resolver
do-snooze = Más tarde
snooze-label = Cuándo vuelve a aparecer
snooze-hour = en una hora
snooze-day = mañana a esta hora
snooze-week = en una semana
done-send = Su mensaje está en camino.
done-note = La nota está guardada.
done-take-over = Es suya. El asistente guarda silencio.
done-hand-back = El asistente vuelve a responder.
done-assign = Es suya.
done-release = Ahora no es de nadie.
done-assign-to = Asignada.
done-resolve = Resuelta.
done-snooze = Volverá a aparecer entonces.
to-lead = La historia completa
to-conversation = Conversación
strength-proven = comprobado
strength-given = indicado, sin comprobar
delivery-queued = En espera de envío
delivery-sending = Enviando
delivery-sent = Enviado
delivery-delivered = Entregado
delivery-read = Leído
delivery-failed = No entregado
delivery-unknown = Quizá no entregado
delivery-held = Retenido
delivery-skipped = No enviado
delivery-dropped = No enviado

# Canned answers
settings-canned = Respuestas guardadas
canned-text = Textos que se escriben a menudo. Quien responde a un cliente inserta uno y puede cambiarlo antes de enviarlo.
canned-empty = Todavía no hay respuestas guardadas.
canned-none = Todavía no hay respuestas guardadas. Se guardan en los ajustes.
canned-add = Añadir una respuesta
canned-name = Nombre para elegirla
canned-words = Texto
canned-places = Se rellenan {"{name}"}, {"{business}"}, {"{service}"}, {"{date}"}, {"{time}"}, {"{amount}"}, {"{link}"} y {"{phone}"}. Lo que va entre corchetes, como {"[ el {date}]"}, se omite si no se conoce.
canned-language = Idioma
canned-any-language = Cualquier idioma
canned-label = Respuesta guardada
do-insert = Insertar
canned-unknown = No hay ninguna respuesta guardada con ese nombre.
canned-missing = Aquí no se sabe nada; complételo:

# What was read, and who is there
unread-only = Sin leer
unread-count =
    { $count ->
        [one] { $count } sin leer
       *[other] { $count } sin leer
    }
do-unread = Marcar como no leída
done-unread = Marcada como no leída.
is-here = { $name } está aquí
is-writing = { $name } está escribiendo
somebody = Alguien

# Approved templates
window-closed = WhatsApp acepta texto libre durante las 24 horas posteriores al último mensaje del cliente, y ya han pasado. Una plantilla aprobada le llega.
template-label = Plantilla aprobada
do-send-template = Enviar la plantilla
templates-none = No hay plantillas aprobadas. Un administrador las añade en los ajustes, en Canales.
templates-title = Plantillas para conversaciones
templates-text = Lo que su equipo puede enviar por WhatsApp más de 24 horas después del último mensaje de un cliente. Meta aprueba las plantillas en su administrador de WhatsApp.
templates-empty = Todavía no hay plantillas.
template-add = Añadir una plantilla
template-name = Nombre
template-name-hint = Como en el administrador de WhatsApp de Meta.
template-language = Idioma
template-language-hint = El código de Meta, como es o es_MX.
template-values = Valores
template-values-hint = Uno por línea para {"{{1}}"}, {"{{2}}"}, etc.; se rellenan {"{name}"} y otros lugares.
template-text = Lo que lee el cliente
template-text-hint = Aparece en la conversación. Se rellenan {"{name}"}, {"{business}"}, {"{service}"}, {"{date}"} y {"{time}"}.
file-picture = Imagen del cliente
file-open = Abrir el archivo ({ $kind })
file-missing-gone = El archivo ya no está.
file-missing-too-large = El archivo es demasiado grande: más de 16 MB.
file-missing-no-access = El archivo no se descargó: falta el acceso al canal en los ajustes.
file-missing-not-yet = El archivo aún no se descargó. Se intentará de nuevo.
file-missing-refused = No se pudo descargar el archivo.
attach-label = Adjuntar una imagen, un PDF o un vídeo (hasta 16 MB)
attach-lost = No se pudo enviar el archivo. Inténtelo de nuevo.
summary-title = Lo que se dijo antes
point-wants = Quiere
point-agreed = Acordado
point-open = Pendiente
point-prefers = Prefiere
point-told = Contó
summary-message = mensaje { $number }
