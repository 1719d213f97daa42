# Campaigns: what is written to customers because of the weather, and which weather that is.
nav-campaigns = Campañas
campaigns-text = Cuando se acerca el tiempo que usted espera, se prepara un mensaje para los clientes a quienes les afecta. No se envía nada sin un visto bueno, salvo que la regla empiece sola.
campaigns-rules = Qué tiempo esperar
campaigns-empty = Aún no hay campañas. La primera empieza con el tiempo que usted espera.
campaign-fits = { $count ->
    [one] un cliente
   *[other] { $count } clientes
}
campaign-state-drafting = en preparación
campaign-state-waiting = espera un visto bueno
campaign-state-approved = aprobada
campaign-state-sending = se está enviando
campaign-state-done = terminada
campaign-state-declined = rechazada
campaign-state-expired = demasiado tarde
campaign-state-failed = finalizada
campaign-ended-all-invited = Todos tuvieron su turno.
campaign-ended-no-time-left = No quedaba tiempo para más visitas.
campaign-ended-declined = Alguien dijo que no.
campaign-ended-stopped = Alguien la detuvo.
campaign-ended-too-late = Nadie dio el visto bueno a tiempo.
campaign-ended-no-one-fits = No encaja con ningún cliente.
back-to-campaigns = ← Todas las campañas
campaign-weather = Tiempo
campaign-place = Lugar
campaign-services = Qué se ofrece
campaign-useful-until = Útil hasta
weather-heat-wave = ola de calor
weather-cold-snap = helada fuerte
weather-storm = tormenta
weather-rain-week = semana de lluvia
weather-first-freeze = primera helada
campaign-decide-text = { $count ->
    [one] Espera su visto bueno. Hay una invitación prevista.
   *[other] Espera su visto bueno. Hay { $count } invitaciones previstas, según el calendario.
}
do-approve-campaign = Aprobar y enviar
done-approve-campaign = Aprobada. Se invita a los primeros.
do-decline-campaign = Rechazar
done-decline-campaign = Rechazada. No se envía nada.
do-stop-campaign = Detenerla
done-stop-campaign = Detenida. No se invita a nadie más.
campaign-texts = Qué dice
campaign-texts-empty = Se está escribiendo el texto.
campaign-texts-none = No se escribió ningún texto.
campaign-subject = Asunto, por correo
campaign-body = Texto
campaign-body-hint = Se rellena para cada cliente: {"{"}name{"}"}, {"{"}business{"}"}, {"{"}service{"}"}, {"{"}first_day{"}"}, {"{"}last_day{"}"}, {"{"}place{"}"}, {"{"}last_visit{"}"}. Lo que quizá no se sepa va entre corchetes. Se añade cómo dejar de recibir mensajes.
campaign-sms = { $parts ->
    [one] una parte por SMS
   *[other] { $parts } partes por SMS
}
campaign-preview = Cómo se lee
campaign-preview-text = Como la recibirían ahora los primeros clientes.
campaign-not-reached = no le llega
campaign-reach = Para quién es
campaign-reach-open = Aún se están revisando los clientes.
campaign-looked-at = Clientes revisados
campaign-fit = Encaja
left-out-refused = No quieren mensajes
left-out-other-place = De otro lugar
left-out-other-tags = Sin esas etiquetas
left-out-too-young = No tan antiguo, o no se sabe
left-out-never-served = Nunca tuvieron ese servicio
left-out-served-lately = La tuvieron hace poco
left-out-has-visit = Tienen una visita pendiente
left-out-with-staff = Hablan con el equipo
left-out-heard-lately = Escribieron hace poco
left-out-invited-lately = Invitados hace poco
left-out-not-allowed = No se les puede escribir
left-out-consent = Sin consentimiento
left-out-no-address = Sin dirección
left-out-quiet-hours = Horas de silencio
left-out-campaign-over = Campaña detenida
left-out-unreadable = Ficha ilegible
campaign-plan = Sitio e invitaciones por día
campaign-plan-empty = Aún no se ha mirado el calendario.
campaign-plan-none = Terminó antes de elegir los días.
campaign-plan-day = Día
campaign-plan-free = Visitas libres
campaign-plan-invited = Invitaciones
campaign-most-a-day = Como máximo al día
campaign-most-a-day-hint = Vacío: tantos como quepan.
campaign-extra-shifts = { $count ->
    [one] Un cliente encaja y no se invita por falta de sitio.
   *[other] { $count } clientes encajan y no se invitan por falta de sitio.
}
campaign-extra-visits = { $count ->
    [one] Ayudarían turnos extra para una visita más, sobre todo:
   *[other] Ayudarían turnos extra para { $count } visitas más, sobre todo:
}
campaign-parts = { $count ->
    [one] Tenga piezas para una visita:
   *[other] Tenga piezas para unas { $count } visitas:
}
campaign-part = necesarias { $needed }, en existencia { $there }, pedidas { $coming }
campaign-figures = Qué resultó
campaign-held-back = Retenidos
figure-invited = invitados
figure-answered = respondieron
figure-booked = reservaron
figure-lost = cancelaron o faltaron
figure-revenue = reservado por al menos
figure-earned = hecho por al menos
approval-kind-send-campaign = campaña
do-approve-send-campaign = Aprobar y enviar
done-approve-send-campaign = La campaña se envía.
do-decline-send-campaign = Rechazar
done-decline-send-campaign = No se envía nada.
settings-weather = Tiempo
weather-text = Tiempo que merece un mensaje a sus clientes. El pronóstico se mira una vez al día.
weather-empty = No se espera ningún tiempo. Primero los servicios: son lo que se ofrece.
weather-add = Añadir tiempo
weather-suggested = sugerida
weather-suggested-text = Otros de su sector esperan esto. Se espera en cuanto la use.
weather-automatic-tag = empieza sola
do-use-rule = Usar
weather-name = Nombre
weather-condition = Tipo de tiempo
weather-number-wrong = Un número, como 95 o 2,5
weather-high-f = Máxima por encima de (°F)
weather-high-c = Máxima por encima de (°C)
weather-low-f = Mínima por debajo de (°F)
weather-low-c = Mínima por debajo de (°C)
weather-rain-in = Lluvia total por encima de (pulgadas)
weather-rain-mm = Lluvia total por encima de (mm)
weather-gust-mph = Ráfagas por encima de (mph)
weather-gust-kmh = Ráfagas por encima de (km/h)
weather-hail-in = Granizo desde (pulgadas)
weather-hail-mm = Granizo desde (mm)
weather-days = Días
weather-days-hint = Días seguidos; de lluvia, en tantos días.
weather-lead-days = Días de antelación
weather-lead-days-hint = La campaña empieza cuando el primer día está así de cerca.
weather-services = Qué se ofrece
weather-last-visit = Última visita hace más de tantos días
weather-last-visit-hint = Vacío: hace cualquier tiempo.
weather-older = Con más de unos años, según este campo de los contactos
weather-older-hint = Un campo como roof_installed cuyo valor es un año, una fecha o una edad en años. Vacío: de cualquier edad.
weather-older-wrong = Diga en el campo de al lado cuántos años.
weather-older-years = Con más de tantos años
weather-tags = Solo clientes con una de estas etiquetas
weather-tags-hint = Separadas por comas. Vacío: todos.
weather-or-never = También clientes que nunca tuvieron esos servicios
weather-keep-free = Porcentaje de visitas libres para otros
weather-keep-free-hint = No se invita a más clientes de los que caben en el resto.
weather-automatic = Empieza sola, sin visto bueno
weather-automatic-hint = Se escribe a los clientes en cuanto está el texto.
weather-active = Esperarlo
storms-title = Daño por una tormenta
storms-text = Busca las tormentas que pudieron causar un daño, en una tabla que usted exporta para el condado de la base de datos Storm Events de la NOAA. Lo que se encuentra es un indicio y no un veredicto. No se guarda nada.
storms-damage = Dañado por
storm-damage-hail = granizo
storm-damage-wind = viento
storm-damage-water = agua
storms-noticed = Notado el
storms-latitude = Latitud de la casa, en grados norte
storms-longitude = Longitud de la casa, en grados este (negativa en América)
storms-degrees-wrong = Grados, como 39,74 o -104,99
storms-file = Archivo con la tabla (CSV)
storms-csv = Líneas de la tabla
do-storms = Buscar tormentas
done-storms = La tabla se ha leído.
storms-read = Tormentas en la tabla
storms-fit = Tormentas que encajan
storms-without-place = Encajan, pero no tienen lugar
storms-unreadable = Líneas que no se pudieron leer
storms-none = Ninguna tormenta de la tabla encaja.
