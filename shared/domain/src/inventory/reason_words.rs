//! Reasons in words: what stands beside a line of an order, on a page and on its document.

use jiff::civil::Date;

use super::{LineReason, ReasonKind};
use crate::ids::SupplierId;
use weather::Condition;

/// How the reader's language and country write what reasons are about.
pub struct ReasonWords<'a> {
    /// ISO 639-1, such as `de`; English where there are no words in it.
    pub language: &'a str,
    /// A day.
    pub day: &'a dyn Fn(Date) -> String,
    /// Cents in the order's currency.
    pub money: &'a dyn Fn(i64) -> String,
    /// What a supplier is called.
    pub supplier: &'a dyn Fn(&SupplierId) -> String,
}

impl std::fmt::Debug for ReasonWords<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ReasonWords({})", self.language)
    }
}

impl ReasonWords<'_> {
    /// All reasons of a line: those that ask for units in their order, then what is taken off.
    #[must_use]
    pub fn all(&self, reasons: &[LineReason]) -> String {
        reasons.iter().map(|reason| self.one(reason)).collect::<Vec<_>>().join("; ")
    }

    /// One reason. Units that are taken off are written without their sign: the words say so.
    #[must_use]
    pub fn one(&self, reason: &LineReason) -> String {
        let index = LANGUAGES.iter().position(|language| *language == self.language).unwrap_or_default();
        let text = texts(reason).get(index).copied().unwrap_or_default();
        let sign = if reason.kind == ReasonKind::Changed && reason.units > 0 { "+" } else { "" };
        let units = if reason.kind == ReasonKind::Changed { reason.units } else { reason.units.saturating_abs() };
        let until = reason.until.map(self.day).unwrap_or_default();
        let point = reason.point.map(|point| point.to_string()).unwrap_or_default();
        let saved = reason.saved_cents.map(self.money).unwrap_or_default();
        let supplier = reason.supplier.as_ref().map(self.supplier).unwrap_or_default();
        let weather = reason.weather.and_then(|condition| weather_words(condition).get(index).copied());
        let from = reason.from.map(self.day).unwrap_or_default();
        let figure = |figure: Option<i64>| figure.map(|figure| figure.to_string()).unwrap_or_default();
        let percent = figure(reason.percent.map(i64::saturating_abs));
        // What people called their suppliers comes last: a place in it is not filled in.
        text.replace("{units}", &format!("{sign}{units}"))
            .replace("{until}", &until)
            .replace("{from}", &from)
            .replace("{weather}", weather.unwrap_or_default())
            .replace("{percent}", &percent)
            .replace("{days}", &figure(reason.days.map(i64::from)))
            .replace("{seen}", &figure(reason.seen.map(i64::from)))
            .replace("{point}", &point)
            .replace("{saved}", &saved)
            .replace("{supplier}", &supplier)
    }
}

const LANGUAGES: [&str; 5] = ["en", "es", "fr", "de", "pt"];

/// In the order of [`LANGUAGES`].
fn texts(reason: &LineReason) -> [&'static str; 5] {
    match reason.kind {
        ReasonKind::Weather => weather_texts(reason),
        ReasonKind::LeadTime => [
            "{supplier} takes {days} days as a rule, by {seen} lines that came in",
            "{supplier} tarda por lo general {days} días, según {seen} líneas recibidas",
            "{supplier} livre en général en {days} jours, d’après {seen} lignes reçues",
            "{supplier} braucht in der Regel {days} Tage, nach {seen} gelieferten Positionen",
            "{supplier} leva em geral {days} dias, segundo {seen} linhas recebidas",
        ],
        ReasonKind::BookedJobs => [
            "{units} for jobs booked up to {until}",
            "{units} para trabajos agendados hasta el {until}",
            "{units} pour les interventions prévues jusqu’au {until}",
            "{units} für gebuchte Einsätze bis {until}",
            "{units} para serviços agendados até {until}",
        ],
        ReasonKind::ExpectedDemand => [
            "{units} for what usually comes in unbooked up to {until}",
            "{units} para lo que suele surgir sin cita hasta el {until}",
            "{units} pour ce qui arrive d’ordinaire sans rendez-vous jusqu’au {until}",
            "{units} für das, was bis {until} erfahrungsgemäß ungeplant anfällt",
            "{units} para o que costuma surgir sem agendamento até {until}",
        ],
        ReasonKind::SafetyStock => [
            "{units} as a reserve",
            "{units} como reserva",
            "{units} en réserve",
            "{units} als Reserve",
            "{units} como reserva",
        ],
        ReasonKind::ReorderPoint => [
            "{units} because stock is at or below the reorder point of {point}",
            "{units} porque las existencias están en el punto de pedido de {point} o por debajo",
            "{units} car le stock est au seuil de commande de {point} ou en dessous",
            "{units}, weil der Bestand den Meldebestand von {point} erreicht oder unterschritten hat",
            "{units} porque o estoque está no ponto de pedido de {point} ou abaixo",
        ],
        ReasonKind::OnHand => [
            "less {units} in stock",
            "menos {units} en existencias",
            "moins {units} en stock",
            "abzüglich {units} auf Lager",
            "menos {units} em estoque",
        ],
        ReasonKind::OnOrder => [
            "less {units} already on order",
            "menos {units} ya pedidas",
            "moins {units} déjà en commande",
            "abzüglich {units} schon bestellt",
            "menos {units} já pedidas",
        ],
        ReasonKind::FromAnother => [
            "less {units} ordered from {supplier}",
            "menos {units} pedidas a {supplier}",
            "moins {units} commandés chez {supplier}",
            "abzüglich {units} von {supplier}",
            "menos {units} pedidas a {supplier}",
        ],
        ReasonKind::Bridge => [
            "{units} to last until a cheaper delivery on {until}",
            "{units} para aguantar hasta una entrega más barata el {until}",
            "{units} pour tenir jusqu’à une livraison moins chère le {until}",
            "{units}, um bis zur günstigeren Lieferung am {until} auszukommen",
            "{units} para durar até uma entrega mais barata em {until}",
        ],
        ReasonKind::PackRounding => [
            "{units} to make whole packs",
            "{units} para completar paquetes",
            "{units} pour arrondir aux lots entiers",
            "{units}, um auf ganze Gebinde zu kommen",
            "{units} para completar embalagens",
        ],
        ReasonKind::LeastQuantity => [
            "{units} to reach the smallest quantity sold",
            "{units} para llegar a la cantidad mínima de venta",
            "{units} pour atteindre la quantité minimale vendue",
            "{units}, um die Mindestmenge zu erreichen",
            "{units} para atingir a quantidade mínima de venda",
        ],
        ReasonKind::PriceTier => [
            "{units} for the lower price from {point} on, which saves {saved}",
            "{units} por el precio más bajo desde {point}, que ahorra {saved}",
            "{units} pour le prix réduit à partir de {point}, soit {saved} de moins",
            "{units} für den günstigeren Preis ab {point}, das spart {saved}",
            "{units} pelo preço menor a partir de {point}, o que economiza {saved}",
        ],
        ReasonKind::MinimumOrder => [
            "{units} to reach the supplier’s minimum order",
            "{units} para llegar al pedido mínimo del proveedor",
            "{units} pour atteindre la commande minimale du fournisseur",
            "{units}, um den Mindestbestellwert zu erreichen",
            "{units} para atingir o pedido mínimo do fornecedor",
        ],
        ReasonKind::FreeShipping => [
            "{units} to get free shipping",
            "{units} para tener el envío gratis",
            "{units} pour obtenir la livraison gratuite",
            "{units} für versandkostenfreie Lieferung",
            "{units} para obter frete grátis",
        ],
        ReasonKind::Ahead => [
            "{units} ahead: one order now is cheaper than two",
            "{units} por adelantado: un pedido ahora es más barato que dos",
            "{units} d’avance : une commande maintenant coûte moins que deux",
            "{units} im Voraus: eine Bestellung jetzt ist günstiger als zwei",
            "{units} adiantadas: um pedido agora é mais barato que dois",
        ],
        ReasonKind::BudgetCut => [
            "{units} fewer than wanted, to stay within the budget",
            "{units} menos de lo deseado, para no pasar del presupuesto",
            "{units} de moins que souhaité, pour rester dans le budget",
            "{units} weniger als gewünscht, um im Budget zu bleiben",
            "{units} a menos que o desejado, para caber no orçamento",
        ],
        ReasonKind::InTime => [
            "{supplier} is cheaper but delivers too late, on {until}",
            "{supplier} es más barato, pero entrega demasiado tarde, el {until}",
            "{supplier} est moins cher, mais livre trop tard, le {until}",
            "{supplier} ist günstiger, liefert aber zu spät, am {until}",
            "{supplier} é mais barato, mas entrega tarde demais, em {until}",
        ],
        ReasonKind::Changed => [
            "changed by hand: {units}",
            "cambiado a mano: {units}",
            "modifié à la main : {units}",
            "von Hand geändert: {units}",
            "alterado à mão: {units}",
        ],
    }
}

fn weather_texts(reason: &LineReason) -> [&'static str; 5] {
    let is_learned = reason.seen.is_some_and(|days| days > 0);
    match (reason.percent.is_none_or(|percent| percent >= 0), is_learned) {
        (true, true) => [
            "{units} for the weather ({weather} {from} to {until}: {percent}% more, as on {seen} such days before)",
            "{units} por el tiempo ({weather} del {from} al {until}: {percent} % más, como en {seen} días así)",
            "{units} à cause de la météo ({weather} du {from} au {until} : {percent} % de plus, comme lors de {seen} jours semblables)",
            "{units} wegen des Wetters ({weather} {from} bis {until}: {percent} % mehr, wie an {seen} solchen Tagen)",
            "{units} por causa do tempo ({weather} de {from} a {until}: {percent}% a mais, como em {seen} dias assim)",
        ],
        (true, false) => [
            "{units} for the weather ({weather} {from} to {until}: {percent}% more, an assumption)",
            "{units} por el tiempo ({weather} del {from} al {until}: {percent} % más, una suposición)",
            "{units} à cause de la météo ({weather} du {from} au {until} : {percent} % de plus, une hypothèse)",
            "{units} wegen des Wetters ({weather} {from} bis {until}: {percent} % mehr, eine Annahme)",
            "{units} por causa do tempo ({weather} de {from} a {until}: {percent}% a mais, uma suposição)",
        ],
        // Less is never assumed: it was seen.
        (false, _) => [
            "less {units} for the weather ({weather} {from} to {until}: {percent}% less, as on {seen} such days before)",
            "menos {units} por el tiempo ({weather} del {from} al {until}: {percent} % menos, como en {seen} días así)",
            "moins {units} à cause de la météo ({weather} du {from} au {until} : {percent} % de moins, comme lors de {seen} jours semblables)",
            "abzüglich {units} wegen des Wetters ({weather} {from} bis {until}: {percent} % weniger, wie an {seen} solchen Tagen)",
            "menos {units} por causa do tempo ({weather} de {from} a {until}: {percent}% a menos, como em {seen} dias assim)",
        ],
    }
}

/// In the order of [`LANGUAGES`].
fn weather_words(condition: Condition) -> [&'static str; 5] {
    match condition {
        Condition::HeatWave => ["heat wave", "ola de calor", "canicule", "Hitzewelle", "onda de calor"],
        Condition::ColdSnap => ["cold snap", "ola de frío", "vague de froid", "Kälteeinbruch", "onda de frio"],
        Condition::Storm => ["storm", "tormenta", "tempête", "Unwetter", "tempestade"],
        Condition::RainWeek => {
            ["week of rain", "semana de lluvia", "semaine de pluie", "Regenwoche", "semana de chuva"]
        }
        Condition::FirstFreeze => {
            ["first freeze", "primera helada", "première gelée", "erster Frost", "primeira geada"]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json};

    fn said(language: &str, reason: &serde_json::Value) -> String {
        let reason: LineReason = from_value(reason.clone()).unwrap();
        let words = ReasonWords {
            language,
            day: &|day| day.to_string(),
            money: &|cents| format!("${cents}"),
            supplier: &|id| format!("<{id}> {{units}}"),
        };
        words.one(&reason)
    }

    #[test]
    fn a_reason_says_its_figures_and_takes_no_sign_from_what_is_taken_off() {
        let tier = json!({"kind": "price_tier", "units": 12, "point": 50, "saved_cents": 900});
        assert_eq!(said("en", &tier), "12 for the lower price from 50 on, which saves $900");
        assert_eq!(said("de", &json!({"kind": "on_hand", "units": -7})), "abzüglich 7 auf Lager");
        assert_eq!(said("nl", &json!({"kind": "changed", "units": 5})), "changed by hand: +5");
        assert_eq!(said("en", &json!({"kind": "changed", "units": -5})), "changed by hand: -5");
        let heat = json!({"kind": "weather", "units": 12, "weather": "heat_wave", "from": "2026-07-14", "until": "2026-07-16",
            "percent": 30, "seen": 14});
        let words = "12 for the weather (heat wave 2026-07-14 to 2026-07-16: 30% more, as on 14 such days before)";
        assert_eq!(said("en", &heat), words);
        let rain = json!({"kind": "weather", "units": -3, "weather": "rain_week", "from": "2026-07-14", "until": "2026-07-16",
            "percent": -20, "seen": 9});
        assert!(said("de", &rain).starts_with("abzüglich 3 wegen des Wetters (Regenwoche"), "{}", said("de", &rain));
        let late = json!({"kind": "in_time", "supplier": "acme", "until": "2026-12-09"});
        assert_eq!(said("en", &late), "<acme> {units} is cheaper but delivers too late, on 2026-12-09");
    }

    #[test]
    fn every_language_fills_in_what_english_does() {
        let places = |text: &str| {
            let mut places: Vec<String> =
                text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect();
            places.sort();
            places
        };
        for kind in [
            "booked_jobs",
            "expected_demand",
            "safety_stock",
            "reorder_point",
            "on_hand",
            "on_order",
            "from_another",
            "bridge",
            "pack_rounding",
            "least_quantity",
            "price_tier",
            "minimum_order",
            "free_shipping",
            "ahead",
            "budget_cut",
            "in_time",
            "weather",
            "lead_time",
            "changed",
        ] {
            for (percent, seen) in [(30, 14), (30, 0), (-20, 14)] {
                let reason = json!({"kind": kind, "percent": percent, "seen": seen});
                let [english, others @ ..] = texts(&from_value(reason).unwrap());
                for other in others {
                    assert_eq!(places(other), places(english), "{other}");
                }
            }
        }
    }
}
