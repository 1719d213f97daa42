//! How Portuguese refuses.

use super::grammar::Vocabulary;

pub(super) const PORTUGUESE: Vocabulary = Vocabulary {
    classes: &[
        ("please", "por favor|porfavor|pf|pfv|pfvr|por gentileza|favor"),
        ("again", "mais|nunca mais|novamente|de novo|outra vez|jamais|por aqui"),
        (
            "at times",
            "(à 1|a 1|às (1|2|3|4|5|6|7|8|9|10|11|12|duas|três|quatro|cinco|seis)|à meia noite|à uma) [h|horas] [da (manhã|madrugada|noite)]|de madrugada|\
             (a|de|à) noite|tão (tarde|cedo)|(toda|a toda) hora|todo (dia|santo dia)|o tempo todo",
        ),
        ("at once", "já|agora|imediatamente|logo|agora mesmo|de uma vez|de vez|de uma vez por todas|hoje mesmo"),
        ("when", "<at once>|<at times>"),
        (
            "messages",
            "mensagens|mensagem|msg|msgs|sms|mensagenzinhas|propaganda|propagandas|promoções|spam|e mails|emails|notificações|whatsapps|whats|lembretes|lembrete|alertas|\
             mensagens de texto|torpedos|publicidade|mensagens (publicitárias|promocionais)|comunicações",
        ),
        (
            "these",
            "(todas|tantas) [as|essas|estas]|as|essas|estas|suas|tuas|vossas|sua|essa|a|os|[os] seus|esses|estes|nenhuma|mais|tanta|tantos",
        ),
        (
            "from",
            "de (vocês|você|vocês aí|sua (empresa|parte))|suas|da (sua empresa|empresa de vocês)|(para|pra|neste|nesse|para este|pra esse|no meu) [meu] (número|telefone|celular)",
        ),
        (
            "to reach",
            "[ficar] (me|nos) (escrever|contatar|contactar|ligar|incomodar|perturbar|encher|importunar|chamar|procurar|aborrecer|chatear|atormentar|spammar)|\
                      (escrever|perturbar|incomodar|contactar|contatar|encher) [me]|escrever me|contactar me|incomodar me|chatear me|encher [o|meu|o meu] saco|me encher o saco|ligar e mandar mensagem",
        ),
        (
            "to send",
            "[ficar] [me|nos] (mandar|enviar|ficar mandando|ficar enviando)|enviar me|mandar me|me ficar mandando",
        ),
        (
            "reach",
            "escreva|escrevam|contate|contatem|contacte|contactem|incomode|incomodem|perturbe|perturbem|procure|procurem|importunem|\
                   importune|aborreçam|chateiem|chateie",
        ),
        ("send", "mande|mandem|envie|enviem|manda|mandes|envies|mandar|enviar"),
        (
            "list",
            "(de|da|das|dessa|desta|na|em|do|dos|deste|desse) [sua|vossa|tua|suas|vossas|seu|seus|todas as suas] (lista|listas|lista de (contatos|contactos|transmissão|mensagens|envio|clientes|e mails)|\
                  base|base de dados|banco de dados|sistema|cadastro|contatos|contactos|agenda|grupo) [de vocês|aí]",
        ),
        (
            "erase me",
            "(me|nos) (tira|tire|tirem|remova|removam|remove|exclua|excluam|exclui|apague|apaguem|retire|retirem|delete|deletem|risque|risquem)|\
                      (tire|tirem|remova|removam|retire|retirem|exclua|excluam|apague|apaguem|tira|retira|remove) (me|eu)",
        ),
        (
            "to erase me",
            "(me|nos) (tirar|remover|excluir|apagar|retirar|deletar)|(tirar|remover|excluir|apagar|retirar) me|ser (removido|removida|retirado|retirada|excluído|excluída)",
        ),
        (
            "erase",
            "apague|apaguem|apaga|apagar|delete|deletem|deletar|exclua|excluam|excluir|remova|removam|remover|esqueça|esqueçam|esquece|esquecer|tire|tirem|\
                   tira|tirar|perca|percam|retire|retirem|retirar",
        ),
    ],
    firm: &[
        "(para|pare|parem|parar|deixe|deixem|deixa|deixar|chega|cesse|cessem|basta) [<please>] [<when>] (de|com) <to reach> [<when>]",
        "(para|pare|parem|parar|deixe|deixem|deixa|deixar|chega|cesse|cessem|basta) [<please>] [<when>] de <to send> [<these>] [<messages>|isso|coisas|essas coisas] [<from>] [<when>]",
        "(para|pare|parem|parar|chega|basta|nada|sem|cancelar|cancele|cancelem|suspendam|suspender|interrompam|stop) [<please>] [já] [com|de] <these> <messages> [<from>] [<when>]",
        "(chega|basta|nada) de <messages> [<from>]",
        "sem mais <messages> [<from>]",
        "(cancelar|stop|parar|bloquear) <messages>",
        "(não|nunca mais|nunca) (me|nos) <reach> [<please>] [<again>]",
        "(não|nunca) (me|nos) (ligue|liguem|chame|chamem) [nem (mande|mandem|envie|enviem) <messages>] <again>",
        "nunca mais me (ligue|liguem|chame|chamem)",
        "não (contate|contatem|contacte|contactem|escreva|escrevam|incomode|perturbe|perturbem) me [<again>]",
        "(não|nunca) (contactar|contatar|incomodar|perturbar) [mais] [me|este número|esse número]",
        "não [me|nos] <send> [me] mais (nada|<these> <messages>|<messages>) [<from>] [<please>]",
        "não [me|nos] <send> [me] <messages> [<from>] <again>",
        "(não|nunca mais) me <send> (mais|<messages>|mensagem nenhuma|mais isso)",
        "(não quero|não queremos|não desejo|não gostaria|não pretendo|não aceito|não autorizo) [mais] [de|o] [receber|continuar recebendo|ter|continuar a receber|ver] [mais] [<these>] <messages> [<from>] [<again>]",
        "(não quero|não desejo|não queremos) (mais|mais nenhum) (contato|contacto) [<from>]",
        "(não quero|não desejo) [mais] ser (contatado|contatada|contactado|contactada|incomodado|incomodada|perturbado|perturbada) [<again>|por vocês]",
        "(não quero|não desejo) [mais] que (vocês|você|me) [me] (<reach>|liguem|mandem [<these>] <messages>|enviem [<these>] <messages>) [<again>]",
        "não quero (mais (saber|receber nada|ouvir falar) [de vocês]|saber mais de vocês|receber mais nada [<from>])",
        "(parar|deixar|paro|deixo) de receber [<these>] <messages> [<from>]",
        "(desativar|desative|desativem|desativa) [<these>] <messages>",
        "(remover|retirar|excluir|tirar) (da|dessa|desta|de sua) lista",
        "dar baixa (no|do) meu (número|telefone|celular|cadastro)",
        "<erase me> [<please>] <list> [<when>]",
        "<to erase me> <list> [<when>]",
        "(me remova|me removam|removam me|remova me|me excluam|me exclua|me tirem daqui|me tira daqui)",
        "<erase> [logo|já] [o] (meu|este|esse) (número|telefone|contato|contacto|celular|número de telefone|numero) [<list>] [<when>]",
        "(sair|quero sair|gostaria de sair|desejo sair|me tirar) <list>",
        "(me|se) (descadastrar|descadastre|descadastrem|desinscrever|desinscreva|desinscrevam|descadastra) [<list>]",
        "(descadastrar|descadastre|descadastrem|descadastro|descadastramento|desinscrever|cancelar inscrição nas mensagens|anular subscrição das mensagens) [me] [<list>|meu número]",
        "(me (deixe|deixem|deixa)|(deixe|deixem|deixa) me|nos deixem) (em paz|quieto|quieta|sossegado|sossegada) [<when>]",
        "(não perturbe|não perturbem|não incomode|não me encham|não me encha|não enche|não encham o saco|não encha o saco|vai se foder|vão se foder|vai à merda|vão à merda|some daqui|sumam)",
        "(revogo|retiro|cancelo) [o] meu consentimento",
    ],
    bare: &[
        "(stop|parar|pare|parem|sair|chega|basta) [<please>] [<at once>]",
        "(pare|parem|para|chega) [<at once>] [com] (isso|disso|isto)",
        "já chega",
    ],
    polite: &[
        "<please>",
        "[não|ok|muito|desde já] (obrigado|obrigada|obg|brigado|brigada|valeu|vlw|grato|grata|agradeço)",
        "(olá|oi|bom dia|boa tarde|boa noite|tchau|adeus|abraço|abraços|ok|okay|certo|tá|tá bom|desculpe|desculpa|desculpem|com licença|att)",
        "(sim|claro)",
        "(gente|pessoal|moço|moça|senhor|senhora|senhores|amigo|cara|galera|meu deus|pelo amor de deus|caramba|poxa|puxa|nossa)",
        "(porra|caralho|merda|saco|que saco|chato|chatos|idiota|idiotas|inferno|droga|golpistas|babacas|cacete|seus chatos|seus idiotas)",
        "[eu] não (tenho|temos) [mais] interesse [nisso|em nada]",
        "(sem interesse|não (estou|estamos) [mais] (interessado|interessada|interessados)|não (me|nos) interessa [mais]|já não (tenho interesse|estou interessado|estou interessada))",
        "[é|foi|está com o|vocês têm o|esse é o|esse número é o|este é o] número errado",
        "[é|foi|deve ser] engano",
        "(pessoa errada|de uma vez|de verdade|sério|é sério|pela última vez|último aviso|já pedi|já falei|já disse|já avisei|repito|e)",
    ],
    reasons: &[
        "(porque|pois|ou|senão|mas)",
        "[vocês|você|o senhor] (podem|pode|poderiam|poderia|podiam|podia|têm que|tem que|devem|precisam|conseguem|consegue) [por favor]",
        "(quero|queria|gostaria|desejo|preciso|peço|exijo|solicito|queremos|agradecia|agradeceria|solicitamos) [de] [que] [vocês|você|me]",
        "(como|como (faço para|faço pra|posso|fazer para|eu faço para|eu faço pra|é que)|onde posso)",
        "[eu] [já] (pedi|falei|disse|avisei|solicitei) [já] [duas vezes|várias vezes|mil vezes] [para|pra|que] [vocês|você|me]",
        "[eu] [já] (encontrei|achei|contratei|contratamos|fechei com|fechamos com|tenho|arranjei|arrumei|escolhi|resolvi com) [já] (alguém|outra pessoa|outro|outra empresa|outro profissional|um|outro dentista|outra)",
        "[já] (resolvi|resolvemos|foi resolvido|está resolvido|tá resolvido|está feito|arrumei|consertei|mudei de ideia|me mudei|mudamos|vendi a casa|vendemos a casa)",
        "[já] não (preciso|precisamos|quero) [mais] [de] [nada|do serviço|o serviço|isso|de vocês|dos seus serviços|disso]",
        "(não conheço vocês|quem é|quem é você|quem são vocês|não sei quem é|como conseguiram meu número|não sou eu|não sou cliente|não sou essa pessoa|não moro aí|não sou o dono)",
        "(não|nunca) (pedi|solicitei|autorizei) (isso|nada|isto|essas mensagens|esse contato)",
        "(não me cadastrei|nunca me cadastrei|não me inscrevi|nunca me inscrevi)",
        "[é|está|tá|achei|são] [muito|demasiado] (caro|caros)",
        "[isso|isto|já] (é|virou|está) [um|uma] (assédio|spam|chato|crime|abuso|perseguição|golpe|demais)",
        "[ou|senão|se não] [eu] (vou|irei) (denunciar|bloquear|processar|reclamar no procon) [vocês|você|esse número|no procon]",
        "(estou|tô) (cansado|cansada|farto|farta) [de (vocês|mensagens|tanta mensagem)|disso]",
        "(mensagens demais|muitas mensagens|toda hora mensagem|todo dia mensagem)",
    ],
};
