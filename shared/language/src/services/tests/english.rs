use super::*;

#[test]
fn what_customers_text_in_english() {
    check(&[
        (GARAGE, "my brakes squeal when i stop", &["Brake repair"]),
        (GARAGE, "need an oil change and also my brake pads looked at", &["Oil change", "Brake repair"]),
        (GARAGE, "can u do an oil chnage tmrw", &["Oil change"]),
        (GARAGE, "check engine light came on this morning", &["Engine diagnostic"]),
        (GARAGE, "its about my tires", &["?Tire mounting", "?Tire rotation"]),
        (GARAGE, "I need new tires put on", &["Tire mounting"]),
        (GARAGE, "do you guys work on cars", &[]),
        (GARAGE, "my inspection sticker is expired", &["State inspection"]),
        (ROOFER, "hi theres a leak in the ceiling since the storm", &["Roof repair"]),
        (ROOFER, "looking to get a new roof", &["Roof replacement"]),
        (ROOFER, "is this the roof company", &[]),
        (ROOFER, "gutters are clogged and some missing shingles", &["Gutter cleaning", "Roof repair"]),
        (HVAC, "ac isnt cooling at all", &["Air conditioning repair"]),
        (HVAC, "furnace wont heat", &["Heating repair"]),
        (HVAC, "I dont need a tune up, my ac blows hot air", &["Air conditioning repair"]),
        (PLUMBER, "kitchen sink is backed up", &["Drain cleaning"]),
        (PLUMBER, "we have no hot water", &["Water heater"]),
        (ELECTRICIAN, "breaker keeps tripping", &["Panel upgrade"]),
        (DENTIST, "i chipped a tooth", &["Emergency visit"]),
        (DENTIST, "how much is teeth whitning", &["Whitening"]),
        (DENTIST, "My filling fell out", &["Filling"]),
        (TINT, "I want to tint my windows and get a full detail", &["Window tint", "Full detail"]),
        (TINT, "old tint is bubbling can you take it off", &["Tint removal"]),
        (SALON, "just a trim and some highlights pls", &["Haircut", "Highlights"]),
        (SALON, "I need my roots done", &["Hair color"]),
        (BEAUTY, "mani and pedi for two, manicure first", &["Manicure"]),
        (CLEANER, "can someone clean my house", &["House cleaning"]),
        (GARDENER, "grass is really high, need it mowed", &["Lawn mowing"]),
        (PEST, "we keep seeing mice in the kitchen", &["Rodent control"]),
        (PEST, "waking up with bites, I think bed bugs", &["Bed bug treatment"]),
        (HOTEL, "need a room for two nights and pickup from the airport", &["Double room", "Airport transfer"]),
        (PETS, "my doodle is matted", &["Full groom"]),
        (PHYSIO, "my back hurts since the weekend", &["Physiotherapy"]),
        (DENTIST, "what time do you open tomorrow", &[]),
    ]);
}

#[test]
fn everyday_words_and_several_wishes_in_english() {
    check(&[
        (DENTIST, "i chipped a tooth and it hurts", &["Emergency visit"]),
        (DENTIST, "my tooth is killing me", &["Emergency visit"]),
        (GARAGE, "this light came on, what is it", &["Engine diagnostic"]),
        (GARAGE, "smoke coming from under the hood", &["Engine diagnostic"]),
        (GARAGE, "the car makes a weird noise", &["Engine diagnostic"]),
        (GARAGE, "oil change + rotate my tires on sat", &["Oil change", "Tire rotation"]),
        (ROOFER, "my roof is leeking over the kichen", &["Roof repair"]),
        (ROOFER, "water is pouring thru my ceiling right now", &["Roof repair"]),
        (ROOFER, "this came down in the storm last night", &["Roof repair"]),
        (ROOFER, "there's a water stain on the ceiling", &["Roof repair"]),
        (ROOFER, "do you fix the roof rack on my car", &[]),
        (HVAC, "do yall fix pool heaters too", &[]),
        (HVAC, "maintenance for the furnace please", &["Seasonal tune-up"]),
        (TINT, "need the old film taken off and then new tint on all windows", &["Tint removal", "Window tint"]),
        (TINT, "how much for a vinyl wrap", &[]),
        (INN, "can we get a table for four tonight", &["Dinner"]),
        (INN, "a double room for 3 nights and a table for two", &["Double room", "Dinner"]),
        (BARBER, "a men's cut tomorrow", &["Men's cut"]),
        (BARBER, "haircut for my husband", &["Men's cut"]),
        (BARBER, "a ladies haircut", &["Women's cut"]),
    ]);
}
