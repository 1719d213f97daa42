# The pages
nav-knowledge = Conocimiento
knowledge-documents = Documentos
knowledge-pairs = Preguntas y respuestas
knowledge-gaps = Aún sin respuesta
knowledge-text = Su asistente responde con lo que usted pone aquí y dice dónde lo ha leído. Lo que no encuentra en ningún sitio se lo pregunta a su equipo.
knowledge-location = Sucursal
knowledge-everywhere = Todas las sucursales
knowledge-category = Categoría
knowledge-category-hint = Una palabra que diga de qué trata, por ejemplo precios.

# Adding documents
document-add = Añadir documentos
document-files = Archivos
document-files-hint = Elija uno o varios, o arrástrelos a esta página: PDF, Word (DOCX), Excel (XLSX), CSV, HTML, Markdown o texto, de { $size } como máximo cada uno.
document-file-hint = PDF, Word (DOCX), Excel (XLSX), CSV, HTML, Markdown o texto, de { $size } como máximo.
document-more = Sucursal y categoría
document-replaces = Un archivo con el nombre de un documento lo sustituye
do-upload = Subir
upload-waits = en espera
upload-runs = enviándose
upload-sent = enviado; ahora se lee
upload-lost = No se ha podido enviar. Compruebe su conexión e inténtelo de nuevo.
upload-again = Enviar de nuevo
upload-empty = Este archivo está vacío.
upload-too-large = Pesa más de { $size }. Divídalo o guárdelo con menos tamaño.
upload-wrong-kind = No se pueden leer archivos de este tipo. Guárdelo como PDF, DOCX, XLSX, CSV, HTML, Markdown o texto.
upload-done = Enviados: {"{}"}. Ahora se leen, y esta página muestra cómo va.
upload-some-failed = Enviados: {"{}"} de {"{}"}. Junto a los demás se dice qué ha pasado.

# The list
documents-title = Lo que sabe su asistente
documents-empty = Nada todavía. Añada una lista de precios, una página de su sitio o lo que suelen preguntar los clientes; un minuto después su asistente responde con ello.
documents-none-match = Ningún documento coincide.
documents-count =
    { $count ->
        [one] 1 documento
       *[other] { $count } documentos
    }
documents-on-page =
    { $count ->
        [one] 1 documento en esta página
       *[other] { $count } documentos en esta página
    }
document-count-ready =
    { $count ->
        [one] 1 listo
       *[other] { $count } listos
    }
document-count-reading =
    { $count ->
        [one] 1 aún se está leyendo
       *[other] { $count } aún se están leyendo
    }
document-count-failed =
    { $count ->
        [one] 1 no se ha podido leer
       *[other] { $count } no se han podido leer
    }
document-status-waiting-for-file = espera su archivo
document-status-queued = en espera de lectura
document-status-reading = leyéndose
document-status-ready = listo
document-status-failed = no se ha podido leer
document-told-ready = { $name } está listo.
document-told-failed = { $name } no se ha podido leer.
format-pdf = PDF
format-docx = Word
format-xlsx = Excel
format-csv = CSV
format-html = página web
format-markdown = Markdown
format-text = texto
format-faq = preguntas y respuestas
document-pages =
    { $count ->
        [one] 1 página
       *[other] { $count } páginas
    }
document-chunks =
    { $count ->
        [one] 1 fragmento
       *[other] { $count } fragmentos
    }
document-unread =
    { $count ->
        [one] 1 página no se ha podido leer
       *[other] { $count } páginas no se han podido leer
    }
size-kb = { $size } KB
size-mb = { $size } MB

# Why a document could not be read
document-failure-unknown-format = No se pueden leer archivos de este tipo. Guárdelo como PDF, DOCX, XLSX, CSV, HTML, Markdown o texto.
document-failure-damaged = El archivo está dañado o no es lo que dice su nombre. Guárdelo de nuevo y sustitúyalo.
document-failure-protected = El archivo está protegido con contraseña. Guárdelo sin ella y sustitúyalo.
document-failure-too-large = El archivo es demasiado grande o tiene demasiadas páginas. Divídalo.
document-failure-empty = No hay nada que leer en este archivo.
document-failure-only-images = Todas sus páginas son imágenes sin texto. Sustitúyalo por un archivo en el que se pueda seleccionar el texto.
document-failure-index-full = Junto con sus demás documentos es más de lo que se puede guardar. Elimine los que no necesite.
document-failure-took-too-long = La lectura ha durado demasiado. Divida el archivo o guárdelo en otro formato.

# One document
back-to-knowledge = Volver a los documentos
document-kind = Tipo
document-size = Tamaño
document-page-count = Páginas
document-chunk-count = Fragmentos
document-languages = Idiomas
document-uploaded = Añadido
document-ready-at = Listo desde
document-unread-image = Imágenes sin texto
document-unread-broken = Páginas dañadas
document-unread-text = Su asistente no sabe nada de lo que hay en estas páginas. Sustituya el archivo por uno en el que se pueda seleccionar el texto.
document-page-list = páginas { $pages }
document-change = Nombre y lugar
document-name = Nombre
document-replace = Sustituir el archivo
document-replace-text = Su asistente responde con la versión anterior hasta que se lea la nueva.
document-file = Nueva versión
document-remove = Eliminar
document-remove-text = Su asistente deja de responder con él. El archivo también desaparece: no se puede deshacer.
do-document-remove = Eliminar este documento
done-document-remove = El documento se ha eliminado.
knowledge-clear = Eliminar todo
knowledge-clear-text = Todos los documentos y todas las preguntas con sus respuestas desaparecen para siempre. No se puede deshacer.
knowledge-clear-confirm = Escriba { $name } para confirmar
done-knowledge-clear = Se ha eliminado todo.

# Questions with their answers
pairs-text = Una respuesta que usted escribe se da palabra por palabra. Trate un solo tema en cada una.
pairs-settings = También se usa la lista corta de sus ajustes.
pairs-one = Añadir una
pairs-many = Añadir muchas a la vez
pairs-list = Lista
pairs-new-list = Una lista nueva
pairs-name = Nombre de la lista nueva
pairs-first-name = Lo que preguntan los clientes
pair-question = Pregunta
pair-answer = Respuesta
pair-line = Línea
do-pair-add = Añadir
done-pair-add = La respuesta se ha añadido.
pairs-paste = Sus preguntas y respuestas
pairs-paste-hint = Pegue dos columnas de una hoja de cálculo, escriba «P:» y «R:» delante, o cada pregunta con su respuesta debajo.
pairs-count = Entendidas: {"{}"}. No entendidas: {"{}"}.
pairs-understood = Lo que se ha entendido
pairs-rest = Y {"{}"} más.
pairs-wrong = Lo que no se ha entendido
pairs-line = Línea {"{}"}:
pairs-no-question = Esto no pertenece a ninguna pregunta.
pairs-no-answer = Esta pregunta no tiene respuesta.
pairs-long-question = La pregunta tiene más de {"{}"} caracteres.
pairs-long-answer = La respuesta tiene más de {"{}"} caracteres.
pairs-twice = La misma pregunta está en la línea {"{}"}.
pairs-too-many = En una lista caben como máximo {"{}"}.
pairs-columns = Hay más de dos columnas.
pairs-none = Todavía no se ha entendido nada.
do-pairs-add = Añadir lo que se ha entendido
done-pairs-add = Añadidas: {"{}"}. Su asistente lo sabrá en un momento.
pairs-lists = Sus listas
pairs-lists-empty = Todavía no hay listas.
pairs-script = Para añadir hace falta JavaScript. Sus listas están abajo.
pairs-in-list = Preguntas de esta lista
pairs-add-here = Añadir una pregunta
done-pair-remove = La pregunta se ha quitado.
pair-gone = Esta pregunta ya no está en la lista: alguien la ha cambiado. Vuelva a cargar la página.

# A question is tried
ask-title = Probar una pregunta
ask-text = Como la haría un cliente. No se envía ni se guarda nada.
ask-question = Pregunta
do-ask = Buscar
do-ask-reset = Empezar de nuevo
ask-from = Se respondería con {"{}"}
ask-none = Sin respuesta: nada aquí se parece lo suficiente. Se pregunta a su equipo.
ask-nothing = Sin respuesta: no se ha encontrado nada. Se pregunta a su equipo.
ask-page = página {"{}"}
ask-score = Puntuación
ask-score-of = {"{}"} (se usa desde {"{}"})
ask-marked = La frase marcada es la que se citaría.

# What no one had an answer for
gaps-text = Lo que varios clientes han preguntado y nada aquí responde, reunido cada lunes. Escriba la respuesta una vez, y el siguiente cliente la recibirá al instante.
gaps-empty = No hay nada pendiente. Lo que pregunten varios clientes y nada responda aparecerá aquí.
gap-times =
    { $count ->
        [one] preguntado una vez
       *[other] preguntado { $count } veces
    }
gap-last = última vez
gap-examples = En palabras de los clientes
gap-draft = Esta respuesta es un borrador de lo que su equipo escribió a uno de ellos. Léala antes de añadirla.
do-gap-add = Añadir la respuesta
done-gap-add = Añadida a sus preguntas frecuentes. Su asistente lo responde desde ahora.
do-gap-dismiss = Descartar
done-gap-dismiss = Descartada.
