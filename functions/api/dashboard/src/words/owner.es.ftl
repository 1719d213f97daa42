
# Contacts
nav-contacts = Contactos
back-to-contacts = Volver a los contactos
contacts-search = Nombre, número o correo
contacts-empty = Aún no hay contactos. Llegan solos cuando alguien escribe, o puede añadirlos o importarlos.
contacts-none-match = Ningún contacto coincide.
contacts-import = Importar contactos
contacts-export = Exportar todo
contacts-download = Descargar esta lista (CSV)
contacts-downloaded = En el archivo: {"{}"}
contact-add = Añadir un contacto
done-contact-add = El contacto se ha añadido.
contact-tag = Etiqueta
contact-tags = Etiquetas, separadas por comas
contact-assignee = De quién es el contacto
contact-nobody = De nadie
contact-addresses = Cómo contactar
contact-other-names = Otros nombres
contact-lead = Su oportunidad abierta
strength-proven-text = escribió desde aquí
strength-given-text = nos la dieron, sin comprobar
contact-remove-address = Quitar { $address }
contact-change = Cambiar
contact-add-address = Añadir un número o un correo
contact-fields = Campos propios, uno por línea, como puerta: 4711
contact-fields-wrong = Escriba cada campo como nombre: valor, en su propia línea.
contact-erase = Borrar este contacto
contact-erase-text = Todo lo que se sabe de esta persona desaparece para siempre: mensajes, oportunidades, notas. No se puede deshacer.
contact-erase-confirm = Escriba { $name } para confirmar
done-contact-erase = El contacto se está borrando.
contact-notes = Notas
contact-note-new = Una nota para sus compañeros
contact-note-add = Añadir la nota
contact-notes-empty = Aún no hay notas.
done-contact-note = La nota se ha añadido.
contact-consents = Lo que ha aceptado
contact-consents-empty = No hay nada registrado.
contact-opted-out = Pidió no recibir nada más.
consent-granted = Aceptó
consent-refused = Rechazó
purpose-transactional = sobre lo acordado
purpose-conversational = sobre lo que preguntó
purpose-marketing = publicidad
contact-duplicates = Puede ser la misma persona
do-merge = Unir los dos
done-merge = Ahora son un solo contacto.
do-not-duplicate = Son personas distintas
done-not-duplicate = Se mantienen separados.
contact-merged = Unidos a este contacto
contact-merged-text = Al separarlos, cada uno recupera lo suyo.
do-take-apart = Separar
done-take-apart = Vuelven a estar separados.

# Imports
import-text = Elija un archivo CSV de 30 MB como máximo. Primero se prueba, y no se guarda nada hasta que usted lo diga.
import-file = Archivo
import-file-wrong = Elija un archivo.
import-lost = No se pudo enviar el archivo. Inténtelo de nuevo.
import-columns-text = Cómo se llaman las columnas en la primera línea del archivo. Si son varias, sepárelas con comas; deje vacío lo que no esté.
import-column-name = Columnas del nombre
import-column-phones = Columnas de teléfonos
import-column-emails = Columnas de correos
import-column-tags = Columnas de etiquetas
import-update = Completar los contactos que ya existen
import-try = Probar el archivo
imports-title = Importaciones de los últimos 30 días
imports-empty = No se ha importado nada.
back-to-imports = Volver a las importaciones
import-title = Importación de contactos
import-waiting = espera el archivo
import-running = en curso
import-tried = probada
import-done = terminada
import-failed = fallida
import-cancelled = detenida
import-only-tried = Solo probada: estos son los números que tendría la importación.
import-lines = Líneas leídas
import-count-made = Contactos nuevos
import-count-updated = Contactos completados
import-count-duplicates = Ya existen
import-count-refused = Con errores
import-started = Inicio
import-finished = Fin
do-import = Importar ahora
done-import-start = La importación ha empezado.
do-import-cancel = Detener
done-import-cancel = Detenida. Lo guardado se conserva.
import-told = Líneas que no crearon contacto
import-line = Línea
import-column = Columna
import-why = Motivo
import-is-there = Esta dirección es de un contacto.
import-show = Ver el contacto
import-made =
    { $count ->
        [one] 1 contacto nuevo
       *[other] { $count } contactos nuevos
    }

# Clients
nav-clients = Clientes
back-to-clients = Volver a los clientes
clients-empty = Aún no hay clientes.
client-enter = Entrar
client-new = Un cliente nuevo
client-create = Crear
done-client-create = El cliente se ha creado.
client-name = Nombre del negocio
client-industry = Sector, como tejados
client-notify = Quién recibe avisos (correos)
client-region = País, como US
client-currency = Moneda, como USD
client-zone = Zona horaria
client-language = Idioma
client-today = Hoy
client-leads = Oportunidades
client-hot = Oportunidades calientes
client-booked = Citas
client-status = Estado
client-status-text = En pausa, los mensajes se guardan y no sale nada. Un cliente cerrado no se puede usar; se puede volver a abrir.
client-plan = Plan
tenant-active = activo
tenant-paused = en pausa
tenant-closed = cerrado
plan-starter = Starter
plan-growth = Growth
plan-scale = Scale

# A talk with the assistant
try-title = Hable con su asistente
try-text = Como un cliente en el chat. No se guarda ni se envía nada, y no cuesta nada.
try-said = Lo que dice el cliente
try-say = Decir
try-again = Empezar de nuevo
try-silent = No se respondería nada.

# Approvals
nav-approvals = Aprobaciones
approvals-text = Lo que espera su visto bueno. Cada cosa se responde aquí con un clic.
approvals-empty = Nada espera su visto bueno.
approval-pair = ¿Son estas dos la misma persona?
approval-import = { $count ->
    [one] ¿Importar un contacto de un archivo que se probó?
   *[other] ¿Importar { $count } contactos de un archivo que se probó?
}
approval-visit = Pide
approval-question = { $count ->
    [one] Una persona lo preguntó, y nada lo responde.
   *[other] { $count } personas lo preguntaron, y nada lo responde.
}
approval-kind-merge-contacts = posible duplicado
approval-kind-import-contacts = importación
approval-kind-agree-visit = cita solicitada
approval-kind-add-faq = pregunta sin respuesta
approval-kind-send-order = pedido a proveedor
do-approve-merge-contacts = Unir los dos
do-decline-merge-contacts = Personas distintas
do-approve-import-contacts = Importar
do-decline-import-contacts = No importar
do-approve-agree-visit = Aceptar
do-decline-agree-visit = Rechazar
do-approve-add-faq = Añadir a las preguntas frecuentes
do-decline-add-faq = No hace falta
do-approve-send-order = Aprobar y enviar
do-decline-send-order = No pedir
done-approve-merge-contacts = Ahora son un solo contacto.
done-decline-merge-contacts = Quedan separados.
done-approve-import-contacts = La importación ha empezado.
done-decline-import-contacts = La importación se ha detenido.
done-approve-agree-visit = La cita está acordada. Dígaselo en la conversación.
done-decline-agree-visit = Rechazada. Dígaselo en la conversación.
done-approve-add-faq = Añadida. Quien lo pregunte recibe ahora una respuesta.
done-decline-add-faq = No se volverá a proponer.
done-approve-send-order = Aprobado. Se envía ahora al proveedor.
done-decline-send-order = No se envía.

# The log of requests, and keys for tests
settings-requests = Solicitudes
requests-text = Lo que los programas pidieron y las personas cambiaron en los últimos 14 días. Cada respuesta nombra su solicitud en x-request-id.
requests-all = Todas
requests-failed = Rechazadas o fallidas
request-log-empty = No hay solicitudes.
request-what = Solicitud
request-status = Estado
request-time = Duró
request-id = Id
key-test = de pruebas
key-mode = Para qué es
key-mode-live = Trabajo real
key-mode-test = Pruebas: nada de lo que provoca se envía a nadie

# Questions as they are asked
intake-preview-title = Así se pregunta al cliente
intake-preview-text = Las preguntas guardadas, en el orden en que las hace el asistente: primero las obligatorias, de una en una.
intake-preview-when = Solo después de: { $answer }
intake-preview-services = Solo para: { $services }

# Notices
settings-notices = Sus avisos
notices-text = Correos que recibe de esta empresa sobre conversaciones.
notices-mentions = Cuando un compañero me menciona en una nota
notices-assignments = Cuando se me asigna una conversación
told-title = A quién se avisa cuando un cliente quiere una persona
told-text = La empresa envía siempre estos correos, a las direcciones que eligió.
told-change = Cambiar estas direcciones

settings-extras = Extras
extras-title = Lo que sugiere el asistente
extras-text = Como mucho uno por conversación: de varios que convienen, el primero. Nunca a quien se queja, cancela o espera a una persona.
extras-empty = Aún no se sugiere nada. Empiece por lo que sus clientes suelen añadir.
extra-add = Añadir un extra
extra-name = Nombre
extra-when = Cuándo se sugiere
extra-when-service-chosen = se eligió un servicio
extra-when-visit-booked = se reservó o pidió una visita
extra-when-other-platform = nombra otra plataforma, como Booking.com o Yelp
extra-when-too-expensive = le parece demasiado caro
extra-sentence = Frase
extra-sentence-hint = En su idioma, con una pregunta como mucho. Vacía: se forma con el nombre y el precio.
extra-price = Precio
extra-percent = Porcentaje de descuento
extra-percent-hint = En lugar de un precio.
extra-keywords = Otras palabras con que lo llaman
extra-services = Solo para estos servicios
extra-from = Primer día
extra-until = Último día
extra-active = Se sugiere
extra-inactive = apagado
extras-limit = Descuento máximo en porcentaje
extras-limit-hint = Un extra no puede descontar más que esto.
extras-limit-title = Límite de los descuentos
lead-extras = Extras
extras-insights-title = Extras sugeridos
extras-month = Mes
extras-suggested = Sugerido
extras-taken = Aceptado
extras-declined = Rechazado
extras-booked = Con visita reservada
extras-revenue = Aporta al menos
settings-webhooks = Webhooks
webhooks-text = Lo que ocurre aquí se envía a estas direcciones en uno o dos segundos, firmado, para que lo sepan Zapier, Make, n8n o sus propios programas.
webhook-add = Añadir un webhook
webhook-secret-once = El secreto con el que se firma cada envío se muestra una sola vez, aquí. Guárdelo como una contraseña. Cuando uno nuevo sustituye a otro, los envíos se firman con ambos durante 24 horas.
webhook-events = Eventos; si no marca ninguno, todos
webhook-off-failing = allí no se aceptó nada durante cinco días
webhook-off-gone = la dirección dice que ya no existe
webhook-failing = no se acepta nada allí desde
do-webhook-test = Enviar un evento de prueba
webhook-sent = Está en camino.
webhook-rotate = Crear un secreto nuevo
webhook-deliveries = Enviado en los últimos 30 días
webhook-none = Todavía nada.
webhook-next = próximo intento
clients-none-match = Ningún cliente coincide.
