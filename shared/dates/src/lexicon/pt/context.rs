//! Portuguese: what only looks like a time, what has been, and what may stand beside a time.

use crate::lexicon::Atom::*;
use crate::lexicon::Words;

pub(super) const WORDS: Words = &[
    (Noise, &["tarde demais", "bom dia", "boa tarde", "boa noite", "um momento", "um segundo", "ate amanha"]),
    (Noise, &["ate logo", "ate mais"]),
    (Noise, &["segunda mao", "primeira vez", "um minuto", "bom fim de semana", "algum dia", "ate breve"]),
    (Noise, &["segunda via"]),
    // A meal that is asked about
    // A price by the night is no evening.
    (Noise, &["por noite", "por dia", "por hora"]),
    (Noise, &["pequeno almoco", "pequenos almocos", "cafe da manha", "cafes da manha", "cafe de manha"]),
    (Noise, &["almoco incluido", "almoco incluso", "almoco esta incluido", "almoco esta incluso", "com almoco"]),
    (Noise, &["segunda opiniao", "segunda vez", "quarta vez", "quinta vez", "bom final de semana"]),
    (Asks, &["pode", "podem", "poderia", "posso", "preciso", "quero", "queria", "gostaria", "por favor"]),
    (Asks, &["vir", "podemos", "poderiamos", "da pra", "da para", "tem como"]),
    (Moves, &["mudar", "remarcar", "adiar", "trocar", "alterar"]),
    (Been, &["ontem", "anteontem", "desde ontem", "era", "estava", "faz"]),
    (Happened, &["foi", "comecou", "quebrou"]),
    (Noise, &["segunda opcao", "segunda alternativa", "segunda vez", "segunda sugestao", "terca opcao"]),
    (Noise, &["terca alternativa", "terca vez", "terca sugestao", "quarta opcao", "quarta alternativa"]),
    (Noise, &["quarta vez", "quarta sugestao", "quinta opcao", "quinta alternativa", "quinta vez"]),
    (Noise, &["quinta sugestao", "sexta opcao", "sexta alternativa", "sexta vez", "sexta sugestao"]),
    (Noise, &["na noite anterior", "na noite antes", "a noite antes", "na vespera"]),
    (Distance, &["de viagem", "de caminho", "de estrada", "de carro", "daqui", "de distancia", "de transito", "a pe"]),
    (Calls, &["ligar", "ligue", "ligarem", "me liga", "me ligar", "falar comigo", "contactar"]),
    (Same, &["mesma hora", "na mesma hora", "mesmo horario", "no mesmo horario"]),
    (Sunlight, &["sol", "pleno sol", "sol pleno", "sol forte"]),
    (Ago, &["atras", "de idade"]),
    (Street, &["rua", "avenida", "av", "praca", "travessa", "estrada", "alameda"]),
    // What may follow an hour and is nothing that it counts
    (GoesOn, &["mas", "pois", "depois", "antes", "apos"]),
    (GoesOn, &["me", "esta", "e", "se", "ou", "por", "favor", "obrigado", "obrigada", "ok", "bem", "perfeito", "pode"]),
    (
        GoesOn,
        &["que", "com", "para", "seria", "poderia", "nao", "o", "a", "os", "as", "em", "de", "do", "da", "no", "na"],
    ),
    (
        GoesOn,
        &["porque", "mas", "melhor", "tenho", "tem", "quando", "eu", "voce", "nos", "ser", "fica", "funciona", "vai"],
    ),
    (Vague, &["um par de", "alguns", "algumas"]),
    (WorkingDays, &["dia util", "dias uteis"]),
    (Days, &["dia util"]),
    (WithinWeek, &["dentro da semana", "no decorrer da semana", "no correr da semana", "ao longo da semana"]),
    (Day(15), &["em uma quinzena", "numa quinzena", "dentro de uma quinzena", "daqui a uma quinzena"]),
    (Instead, &["mas", "mas sim", "e sim", "melhor"]),
    (In, &["depois de", "passados", "passadas"]),
    (Not, &["nem", "nem na", "nem no", "esqueca"]),
    (Unfit, &["fora", "nao da mais", "nao posso mais", "melhor nao", "ja nao posso", "ja nao da"]),
    (OrEarlier, &["no maximo", "o mais tardar", "no mais tardar"]),
    (After, &["passados", "passadas"]),
    (MoveDays(-1), &["na vespera de", "na vespera do", "vespera do", "a vespera do"]),
    (Waited, &["ainda nao", "ainda", "continuo", "continua", "esperando", "nao recebi", "nao chegou"]),
];
