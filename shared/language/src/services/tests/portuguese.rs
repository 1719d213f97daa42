use super::*;

#[test]
fn what_customers_text_in_portuguese() {
    check(&[
        (BEAUTY, "limpeza de pele", &["Facial"]),
        (BEAUTY, "fazer as unhas e depilação", &["Manicure", "Waxing"]),
        (BEAUTY, "quero uma massagem", &["Massage"]),
        (GARAGE, "troca de óleo", &["Oil change"]),
        (GARAGE, "o freio está fazendo barulho", &["Brake repair"]),
        (GARAGE, "trocar os pneus", &["Tire mounting"]),
        (GARAGE, "rodízio e troca de oleo", &["Tire rotation", "Oil change"]),
        (GARAGE, "acendeu a luz do motor", &["Engine diagnostic"]),
        (GARAGE, "oi é da oficina?", &[]),
        (ROOFER, "tem goteira no quarto", &["Roof repair"]),
        (ROOFER, "trocar o telhado", &["Roof replacement"]),
        (HVAC, "o ar não gela", &["Air conditioning repair"]),
        (PLUMBER, "a pia entupiu", &["Drain cleaning"]),
        (PLUMBER, "cano vazando", &["Leak repair"]),
        (PLUMBER, "sem água quente", &["Water heater"]),
        (ELECTRICIAN, "uma tomada não funciona", &["Outlets"]),
        (DENTIST, "dor de dente", &["Emergency visit"]),
        (DENTIST, "clareamento quanto custa", &["Whitening"]),
        (DENTIST, "limpeza e obturação", &["Exam and cleaning", "Filling"]),
        (TINT, "colocar insulfilm", &["Window tint"]),
        (SALON, "cortar o cabelo e fazer luzes", &["Haircut", "Highlights"]),
        (SALON, "fazer a barba", &["Beard trim"]),
        (CLEANER, "preciso de uma faxina", &["House cleaning"]),
        (GARDENER, "cortar a grama", &["Lawn mowing"]),
        (PEST, "muitas baratas", &["General pest control"]),
        (HOTEL, "um quarto para duas noites", &["Double room"]),
        (PETS, "banho e tosa para meu cachorro", &["Full groom"]),
        (PHYSIO, "dor nas costas", &["Physiotherapy"]),
    ]);
}

#[test]
fn everyday_words_and_several_wishes_in_portuguese() {
    check(&[
        (DENTIST, "estou com muita dor de dente", &["Emergency visit"]),
        (DENTIST, "meu dente quebrou", &["Emergency visit"]),
        (GARAGE, "acendeu uma luz no painel", &["Engine diagnostic"]),
        (GARAGE, "queria marcar a troca de óleo", &["Oil change"]),
        (ROOFER, "está pingando dentro de casa", &["Roof repair"]),
        (ROOFER, "preciso limpar as calhas", &["Gutter cleaning"]),
        (HVAC, "manutenção do ar condicionado", &["Seasonal tune-up"]),
        (HVAC, "meu ar condicionado parou de gelar", &["Air conditioning repair"]),
        (INN, "queria reservar mesa para 4", &["Dinner"]),
        (BARBER, "corte masculino", &["Men's cut"]),
        (BARBER, "corte feminino", &["Women's cut"]),
        (TINT, "escurecer os vidros", &["Window tint"]),
    ]);
}
