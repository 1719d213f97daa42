//! Portuguese.

use super::{Cues, Vocabulary, alone, anywhere};

pub(super) static VOCABULARY: Vocabulary = Vocabulary {
    greeting: anywhere(&["ola", "oi", "bom dia", "boa tarde", "boa noite"]),
    thanks: anywhere(&["obrigado", "obrigada", "muito obrigado", "muito obrigada", "agradeco", "valeu"]),
    goodbye: anywhere(&["tchau", "ate logo", "ate mais", "ate breve", "tenha um bom dia"]),
    yes: alone(&["sim", "sim por favor", "claro que sim", "com certeza", "pode ser", "tudo bem", "perfeito", "isso"]),
    not_now: Cues {
        anywhere: &[
            "agora nao", "nao agora", "nao tenho interesse", "nao estou interessado", "nao estou interessada", "talvez depois",
            "mais tarde", "outro dia", "outra hora", "nao obrigado", "nao obrigada", "so estou olhando", "nao preciso mais",
            "no momento nao",
        ],
        alone: &["nao", "ainda nao", "hoje nao", "depois"],
    },
    hours: Cues {
        anywhere: &[
            "horario de funcionamento", "horario de atendimento", "que horas abrem", "que horas fecham", "que horas abre",
            "que horas fecha", "estao abertos", "esta aberto", "voces abrem", "voces fecham", "quando abrem", "abrem", "fecham",
            "qual o horario", "qual e o horario",
        ],
        alone: &["horario", "aberto", "abertos"],
    },
    price: anywhere(&[
        "quanto custa", "quanto custam", "quanto fica", "quanto e", "quanto sai", "qual o preco", "qual o valor", "preco",
        "precos", "orcamento", "quanto cobram",
    ]),
    address: Cues {
        anywhere: &[
            "onde ficam", "onde fica", "onde estao", "onde voces ficam", "seu endereco", "o endereco", "qual endereco",
            "endereco de voces", "como chego",
        ],
        alone: &["endereco", "localizacao", "onde"],
    },
    phone: Cues {
        anywhere: &["seu telefone", "seu numero", "posso ligar", "telefone de voces", "numero de telefone"],
        alone: &["telefone"],
    },
    website: anywhere(&["site de voces", "seu site", "o site", "pagina na internet"]),
    services: Cues {
        anywhere: &[
            "quais servicos", "que servicos", "seus servicos", "o que voces fazem", "voces fazem", "voces oferecem", "oferecem",
            "podem me ajudar com",
        ],
        alone: &["servicos", "informacoes", "mais informacoes", "ajuda", "preciso de ajuda"],
    },
    booking: Cues {
        anywhere: &[
            "agendar", "agendamento", "marcar", "marcar um horario", "consulta", "reservar", "posso ir", "podem vir",
            "tem horario", "disponibilidade", "tem vaga",
        ],
        alone: &["disponivel"],
    },
    ready: anywhere(&[
        "pronto para comecar", "pronta para comecar", "quero comecar", "quero contratar", "quando podem comecar",
        "vamos fechar", "pode fechar",
    ]),
    open_now: anywhere(&["aberto agora", "abertos agora", "agora mesmo", "ainda aberto", "ainda abertos"]),
    own: &["meu endereco", "meu telefone", "meu numero", "meu celular", "me ligue", "me liga"],
    please: &["por favor"],

    positive: &["otimo", "perfeito", "excelente", "maravilhoso", "adorei", "feliz", "satisfeito", "satisfeita", "obrigado", "obrigada"],
    negative: &[
        "ruim", "pessimo", "pessima", "terrivel", "horrivel", "pior", "chateado", "chateada", "irritado", "irritada",
        "decepcionado", "decepcionada", "inaceitavel", "golpe", "insatisfeito", "insatisfeita", "absurdo",
    ],

    name_follows: &["me chamo", "meu nome e"],
    capital_name_follows: &["sou a", "sou o", "aqui e a", "aqui e o"],
    place_follows: &["estou em", "estamos em", "moro em", "moramos em", "sou de", "minha casa fica em", "a casa fica em"],
    budget: &["meu orcamento", "gastar"],
    about: &["uns", "cerca de", "ate", "em torno de", "maximo", "menos de", "aproximadamente", "por volta de"],
    decides: &["eu decido", "sou o dono", "sou a dona", "so eu", "eu mesmo", "eu mesma", "eu"],
    others_decide: &["minha esposa", "meu marido", "minha mulher", "meu chefe", "minha chefe", "meus pais"],

    today: &["hoje", "hoje a noite"],
    tomorrow: &["amanha", "depois de amanha"],
    weekdays: [
        &["segunda feira", "na segunda"],
        &["terca feira", "terca", "na terca"],
        &["quarta feira", "na quarta"],
        &["quinta feira", "na quinta"],
        &["sexta feira", "na sexta"],
        &["sabado", "no sabado"],
        &["domingo", "no domingo"],
    ],
    periods: &[
        "esta semana", "essa semana", "nesta semana", "semana que vem", "na semana que vem", "proxima semana", "na proxima semana",
        "neste fim de semana", "este fim de semana", "no fim de semana", "este mes", "neste mes", "mes que vem", "no mes que vem",
        "proximo mes", "este ano", "ano que vem", "o mais rapido possivel", "o quanto antes", "imediatamente", "em breve", "logo",
        "em uma semana", "em um mes", "em alguns dias", "em algumas semanas", "fim do mes",
    ],
    parts: &["de manha", "pela manha", "manha", "a tarde", "da tarde", "de tarde", "meio dia", "a noite"],
    units: &["dia", "dias", "semana", "semanas", "mes", "meses"],
    within: &["em", "dentro de"],
    flexible: &["qualquer hora", "a qualquer hora", "qualquer dia", "quando puderem", "quando der", "sem pressa", "tanto faz"],
    at: &["as", "a", "la pelas", "pelas", "depois das", "antes das"],
    links: &["as", "a", "de", "da", "ou", "e", "pelas", "la pelas", "depois das", "antes das", "entre", "na", "no", "pela", "proxima"],
    past: &["passado", "passada", "desde", "ha", "ontem", "faz"],
    no_time: &["bom dia", "boa tarde", "boa noite", "ate logo", "ate breve", "tenha um bom dia"],
};
