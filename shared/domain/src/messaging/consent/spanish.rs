//! How Spanish refuses.

use super::grammar::Vocabulary;

pub(super) const SPANISH: Vocabulary = Vocabulary {
    classes: &[
        ("please", "por favor|porfavor|porfa|por fa|favor"),
        ("again", "más|nunca más|jamás|nunca|otra vez|de nuevo|ya más|ya"),
        (
            "hour",
            "la (1|una)|las (2|3|4|5|6|7|8|9|10|11|12|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)",
        ),
        (
            "at times",
            "a <hour> [de la (mañana|madrugada|noche)|am|pm]|(a|en) (medianoche|plena noche)|de (madrugada|noche)|tan (tarde|temprano|seguido)|\
             todos los días|todo el (día|tiempo)|a (toda hora|cada rato|todas horas)",
        ),
        ("at once", "ya|ahora mismo|inmediatamente|de una vez|de inmediato|de una vez por todas|ahora"),
        ("when", "<at once>|<at times>"),
        (
            "messages",
            "mensajes|mensaje|mensajitos|sms|textos|mensajes de texto|whatsapps|correos|publicidad|propaganda|promociones|spam|notificaciones|recordatorios|recordatorio|alertas|\
             mensajes (publicitarios|promocionales)|comunicaciones",
        ),
        (
            "these",
            "(todos|todas) [los|las|estos|esos|sus|tus]|los|las|la|estos|estas|esos|esta|sus|su|tus|vuestros|tantos|tanta|más|ningún|ninguna",
        ),
        (
            "from",
            "de (ustedes|vosotros|usted|ti|su (empresa|parte|negocio))|suyos|a (este|mi) (número|teléfono|celular)",
        ),
        (
            "to reach",
            "escribirme|contactarme|llamarme|molestarme|textearme|mensajearme|acosarme|fastidiarme|spamearme|hostigarme|\
                      escribirnos|contactarnos|molestarnos|llamarnos|escribir|molestar|fastidiar|textear|joder|joderme|chingar|\
                      me escribir|estar (escribiendo|molestando|molestándome|escribiéndome)|escribirle a este número",
        ),
        (
            "to send",
            "mandarme|enviarme|mandarnos|enviarnos|mandar|enviar|estar mandando|estar enviando|estarme mandando",
        ),
        (
            "reach",
            "escriba|escriban|escribas|escribáis|contacte|contacten|contactes|contactéis|moleste|molesten|molestes|molestéis|\
                   textee|texteen|textees|busque|busquen|mensajee|mensajeen|fastidien|fastidies|fastidie",
        ),
        ("send", "mande|manden|mandes|mandéis|envíe|envíen|envíes|enviéis"),
        (
            "list",
            "(de|en) (su|sus|tu|tus|la|las|esta|esa|vuestra|todas sus|todas las) (lista|listas|base de datos|bases de datos|contactos|\
                  agenda|sistema|lista de (contactos|mensajes|envíos|difusión|distribución|correo)|base)",
        ),
        (
            "erase me",
            "bórrame|bórreme|bórrenme|borradme|elimíname|elimíneme|elimínenme|eliminadme|quítame|quíteme|quítenme|quitadme|sácame|\
                      sáqueme|sáquenme|sacadme|retíreme|retírenme|remuévame|remuévanme|me borre|me borren|me quite|me quiten|me saque|me saquen|\
                      me elimine|me eliminen",
        ),
        (
            "to erase me",
            "borrarme|eliminarme|quitarme|sacarme|retirarme|removerme|me borrar|me eliminar|me quitar|me sacar",
        ),
        (
            "erase",
            "borra|borre|borren|borrad|elimina|elimine|eliminen|eliminad|quita|quite|quiten|saca|saque|saquen|olvida|olvide|olviden|\
                   olvidad|pierda|pierdan|pierde|borrar|eliminar|quitar|olvídense de|olvídese de|olvídate de",
        ),
    ],
    firm: &[
        "(deja|deje|dejen|dejad|dejar|para|pare|paren|parad|parar|cesa|cese|cesen|basta|ya basta) [<please>] [<when>] de <to reach> [<again>|<when>]",
        "(deja|deje|dejen|dejad|dejar|para|pare|paren|parad|parar|cesa|cese|cesen|basta|ya basta) [<please>] [<when>] de <to send> \
         [<these>] [<messages>|cosas|esto] [<from>] [<when>]",
        "[ya] no (me|nos) <reach> [<please>] [<again>]",
        "(nunca|jamás|nunca más|ya no) (me|nos) <reach> [<again>]",
        "[ya] no (me|nos) (llame|llamen|llames) [ni (me|nos) <reach>] <again>",
        "[ya] no (me|nos) <reach> ni (me|nos) (llame|llamen|llames) [<again>]",
        "[ya] no (me|nos) <send> [<please>] [más|nada más] [<these>] <messages> [<from>] [<again>|por favor]",
        "(ya|nunca más|no) (me|nos) <send> (más|nada más)",
        "[ya] no <send> [más] [<these>] <messages> [<from>] [<again>]",
        "[ya] no (escriban|escriba|contacten|contacte|llamen|llame) [más] a este (número|teléfono) [<again>]",
        "(dejar|deje|dejen|parar) de recibir [<these>] <messages> [<from>]",
        "no (recibir|seguir recibiendo) [más] [<these>] <messages> [<from>]",
        "(desactivar|desactive|desactiven|desactiva|desactivad) [<these>] <messages>",
        "no (vuelva|vuelvan|vuelvas|volváis) a (<to reach>|<to send> [<messages>])",
        "[ya] no (quiero|deseo|queremos|deseamos|necesito|me interesa|quisiera|autorizo) [recibir|seguir recibiendo|tener] [ya] [más] [<these>] <messages> [<from>]",
        "[ya] no (quiero|deseo|queremos) [más] (contacto|comunicación) [<from>]",
        "[ya] no (quiero|deseo|queremos) que (me|nos) (<reach>|llamen|<send> [<these>] <messages>) [<again>]",
        "[ya] no (quiero|deseo) ser (contactado|contactada|molestado|molestada) [<again>]",
        "[ya] no quiero saber [nada] [más] [nada] de (ustedes|vosotros|usted)",
        "[ya] no quiero (estar|seguir) <list>",
        "(no|ni un|ni uno|basta de|suficientes|alto a|nada de) [más|tantos|tanto] [más] [<these>] <messages> [más] [<from>]",
        "(paren|pare|para|detengan|detenga|detén|suspendan|suspenda|cancelen|cancele|cancelar|detener|suspender|stop) [<please>] [ya] [con] <these> <messages> [<from>] [<when>]",
        "(cancelar|detener|suspender|stop|parar|eliminar) <messages>",
        "(darme|dame|deme|denme|dadme|me den|me dé|me doy|darnos|dennos|me dar) de baja [<list>|de (los|estos|sus) <messages>|de esto|de todo] [<when>]",
        "(dar|darse) de baja [<list>|(mi|este) (número|teléfono|celular|móvil)|de (los|estos|sus) <messages>]",
        "baja [de] [<list>|de (los|estos|sus) <messages>]",
        "(solicito|pido) (la|mi) baja",
        "<erase me> <list> [<when>]",
        "<to erase me> <list> [<when>]",
        "(me|nos) (puede|pueden|podría|podrían|puedes) (borrar|eliminar|quitar|sacar) <list>",
        "(bórrenme|elimínenme|bórreme|elimíneme) [ya]",
        "<erase> [ya] (mi|este) (número|teléfono|celular|contacto|número de teléfono|móvil|número de celular) [<list>] [<when>]",
        "(déjame|déjeme|déjenme|dejadme|déjennos|dejadnos) (en paz|tranquilo|tranquila|tranquilos) [<when>]",
        "(no me (jodas|jodan|joda|chinguen)|no molestar|no molesten|no moleste|no contactar|váyanse a la mierda|vete a la mierda|no fastidien)",
        "(retiro|revoco|cancelo) mi (consentimiento|autorización|permiso)",
        "(desuscribirme|desuscríbanme|desuscríbeme|desuscribir|desuscribirse|cancelar suscripción a mensajes|desinscribirme)",
    ],
    bare: &[
        "(stop|basta|parar|pare|alto) [<please>] <at once>",
        "(stop|basta|parar|pare)",
        "ya (basta|paren|párenle|pare)",
        "(paren|párenle) ya",
        "(basta|paren) de esto",
    ],
    polite: &[
        "<please>",
        "[no] (gracias|muchas gracias|mil gracias|muchísimas gracias) [de antemano|igual|igualmente]",
        "(hola|buenas|buenos días|buenas tardes|buenas noches|buen día|saludos|adiós|ok|okay|vale|bueno|disculpe|disculpen|perdón|perdone|perdonen|lo siento|oiga|oigan|oye|mire|miren)",
        "(sí|sí señor|claro)",
        "(señor|señora|señores|señorita|amigo|amigos|gente|muchachos)",
        "(joder|coño|carajo|hostia|mierda|idiota|idiotas|pesado|pesados|pendejo|pendejos|imbéciles|cabrones|maldita sea|maldición|qué pesados|estafadores|plastas)",
        "[ya|es que] no (me|nos) interesa [nada|más|gracias|su (servicio|oferta)]",
        "no (me|nos) interesan [sus (servicios|ofertas)]",
        "[ya] no (estoy|estamos) (interesado|interesada|interesados)",
        "(número equivocado|es número equivocado|se equivocó de número|se equivocaron de número|tiene el número equivocado|tienen el número equivocado|se equivoca de número|está equivocado)",
        "(de una vez|de verdad|en serio|por última vez|última advertencia|se lo pido|se los pido|les pido|os lo pido|por dios|ya|te lo pido|y)",
    ],
    reasons: &[
        "(porque|o|pero|además)",
        "(puede|pueden|puedes|podría|podrían|podrías|podéis|quisiera|quiero|queremos|deseo|deseamos|necesito|me gustaría|nos gustaría|solicito|exijo|favor de|pido|agradecería|le agradecería|les agradecería|le ruego|les ruego|quisiéramos) [que] [ustedes|usted]",
        "(cómo (puedo|hago para|le hago para|hacer para)|cómo|qué hago para|dónde puedo)",
        "(me|nos) (puede|pueden|podría|podrían|puedes)",
        "[ya] (le|les|te|os) (pido|pedí|dije|he pedido|he dicho|exijo|solicito|ruego|agradecería|agradezco) [ya] [que|dos veces que|varias veces que|mil veces que]",
        "(ya|se) (dije|pedí|lo he dicho|lo dije|les dije|les pedí) [que|dos veces]",
        "[ya] [me] (encontré|encontramos|contraté|contratamos|conseguí|conseguimos|tengo|tenemos|elegí|elegimos|fui con|hemos contratado|he contratado|he encontrado) [ya] [a|con] (alguien|alguien más|otro|otra persona|otra empresa|otro técnico|otro dentista|otra compañía|uno|quien lo haga)",
        "[ya] (lo (arreglé|resolví|arreglaron|solucioné|arreglamos)|está arreglado|quedó arreglado|está hecho|me atendieron|resuelto|me mudé|nos mudamos|vendí (la|mi) casa|vendimos la casa|cambié de opinión|cambié de idea)",
        "[ya] no (lo|los|las|la) (necesito|necesitamos|quiero|conozco|ocupo)",
        "[ya] no (necesito|necesitamos|quiero|ocupo) (el servicio|sus servicios|nada|su ayuda|nada de ustedes)",
        "(quién es|quiénes son|quién es usted|quién eres|no sé quién es|no sé quiénes son|de dónde sacaron mi número)",
        "(no|nunca|yo no|yo nunca) (pedí|solicité|autoricé|di permiso para) (esto|nada|sus mensajes|estos mensajes|información)",
        "(no me registré|no soy cliente|no soy esa persona|no soy yo|no soy el dueño|no vivo ahí|aquí no es|no tengo casa)",
        "[es|está|son|me parece] [muy|demasiado] (caro|caros|cara)",
        "[esto|ya] (es|son) [un] (acoso|spam|molesto|ilegal|una molestia|abuso|una estafa|demasiado|demasiados)",
        "[o|si no|o si no] (los|lo|la|te|le|les|os) (voy a (denunciar|bloquear|reportar|demandar)|denuncio|denunciaré|bloqueo|bloquearé|reportaré|demando)",
        "[o|si no] voy a (denunciarlos|bloquearlos|reportarlos|demandarlos|bloquear este número)",
        "(estoy (harto|harta|cansado|cansada) [de (sus mensajes|esto|ustedes|los mensajes)]|son muchos mensajes|demasiados mensajes)",
    ],
};
