use super::*;

#[test]
fn what_customers_text_in_spanish() {
    check(&[
        (GARAGE, "quiero cambiar los neumaticos", &["Tire mounting"]),
        (GARAGE, "me rechinan los frenos", &["Brake repair"]),
        (GARAGE, "un cambio de aceite porfa", &["Oil change"]),
        (GARAGE, "rotacion de llantas y cambio de aceite", &["Tire rotation", "Oil change"]),
        (GARAGE, "se prendió la luz del motor", &["Engine diagnostic"]),
        (GARAGE, "buenas trabajan con autos?", &[]),
        (ROOFER, "tengo una gotera", &["Roof repair"]),
        (ROOFER, "hay que cambiar el techo", &["Roof replacement"]),
        (ROOFER, "limpieza de canaletas", &["Gutter cleaning"]),
        (HVAC, "el aire no enfría", &["Air conditioning repair"]),
        (HVAC, "la caldera no enciende", &["Heating repair"]),
        (PLUMBER, "se tapó el fregadero", &["Drain cleaning"]),
        (PLUMBER, "no hay agua caliente", &["Water heater"]),
        (ELECTRICIAN, "no funciona un enchufe", &["Outlets"]),
        (DENTIST, "me duele una muela", &["Emergency visit"]),
        (DENTIST, "quiero blanquear los dientes", &["Whitening"]),
        (DENTIST, "se me cayó el empaste", &["Filling"]),
        (DENTIST, "una limpieza dental y ver lo del implante", &["Exam and cleaning", "Dental implant"]),
        (TINT, "cuanto por polarizar el carro", &["Window tint"]),
        (SALON, "corte y mechas", &["Haircut", "Highlights"]),
        (SALON, "quiero taparme las canas", &["Hair color"]),
        (BEAUTY, "limpieza facial para el sabado", &["Facial"]),
        (BEAUTY, "necesito un masaje", &["Massage"]),
        (CLEANER, "limpiar la casa cada semana", &["House cleaning"]),
        (GARDENER, "podar un arbol", &["Tree trimming"]),
        (PEST, "tengo cucarachas", &["General pest control"]),
        (HOTEL, "una habitación para dos noches con desayuno", &["Double room", "Breakfast"]),
        (PHYSIO, "me duele la espalda", &["Physiotherapy"]),
    ]);
}

#[test]
fn everyday_words_and_several_wishes_in_spanish() {
    check(&[
        (DENTIST, "se me partió un diente comiendo", &["Emergency visit"]),
        (DENTIST, "tengo la cara hinchada", &["Emergency visit"]),
        (DENTIST, "quiero los dientes más blancos", &["Whitening"]),
        (GARAGE, "sale humo del motor y huele a quemado", &["Engine diagnostic"]),
        (GARAGE, "se prendió una luz en el tablero", &["Engine diagnostic"]),
        (ROOFER, "se está metiendo el agua por el techo", &["Roof repair"]),
        (ROOFER, "mancha de humedad en el techo", &["Roof repair"]),
        (HVAC, "mantenimiento del aire acondicionado", &["Seasonal tune-up"]),
        (TINT, "quitar el polarizado y poner uno nuevo", &["Tint removal", "Window tint"]),
        (TINT, "oscurecer los vidrios", &["Window tint"]),
        (INN, "una mesa para dos", &["Dinner"]),
        (BARBER, "corte de caballero", &["Men's cut"]),
        (BARBER, "corte de mujer", &["Women's cut"]),
        (HVAC, "arreglan calentadores de piscina, el calentador de la piscina", &[]),
    ]);
}
