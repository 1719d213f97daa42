use super::*;

/// Questions of a garage's customers, each with what it asks; `-` asks what no other one does.
const GARAGE: &[(&str, &str)] = &[
    ("charge", "Do you have a charging station for electric cars?"),
    ("charge", "can I charge my electric car while I wait"),
    ("charge", "Is there an EV charging station at your shop?"),
    ("charge", "is there somewhere to charge an electric vehicle?"),
    ("tires", "Do you store winter tires over the summer?"),
    ("tires", "can you store my winter tires"),
    ("tires", "how much for storing a set of winter tires until spring?"),
    ("tires", "Do you offer tire storage?"),
    ("shuttle", "Do you run a shuttle to the train station?"),
    ("shuttle", "is there a shuttle bus to downtown while you fix it?"),
    ("shuttle", "Could someone give me a ride, like a shuttle service?"),
    ("tow", "Do you tow cars that don't start?"),
    ("tow", "can you tow my car from the highway?"),
    ("tow", "Do you have a tow truck?"),
    ("rust", "Do you do rust protection on the underbody?"),
    ("rust", "what about underbody rust protection for a pickup"),
    ("-", "Can I bring my own oil for the change?"),
    ("-", "Do you fix motorcycles too?"),
    ("-", "Is it true that you sponsor the soccer club?"),
    ("-", "Do you rent out roof boxes?"),
    ("-", "Can the windshield be tinted at the top only?"),
    ("-", "Which brand of paint do you use?"),
    ("-", "Do you buy used cars?"),
    ("-", "Can I watch the mechanic working?"),
];

/// Questions of a dentist's patients, in Spanish and English.
const DENTIST: &[(&str, &str)] = &[
    ("sedation", "¿Hacen sedación para pacientes con miedo?"),
    ("sedation", "Me da mucho miedo el dentista, ¿ofrecen sedación consciente?"),
    ("sedation", "tienen sedacion? soy muy nervioso"),
    ("sedation-en", "Do you offer sedation for nervous patients?"),
    ("sedation-en", "is sedation available, I am really nervous"),
    ("implant", "¿Cuánto dura un implante dental?"),
    ("implant", "cuanto duran los implantes"),
    ("implant", "¿Ponen implantes de circonio y cuánto duran?"),
    ("mercury", "Do you remove old mercury fillings safely?"),
    ("mercury", "can you take out mercury fillings?"),
    ("mercury", "how do you handle removing mercury from old fillings"),
    ("guard", "Do you make night guards for grinding teeth?"),
    ("guard", "I grind my teeth at night, do you make a guard for that?"),
    ("guard", "how long until a night guard is made"),
    ("xray", "¿Me pueden enviar las radiografías por correo?"),
    ("xray", "Puedo llevarme las radiografías a otro dentista?"),
    ("-", "¿Usan anestesia sin adrenalina?"),
    ("-", "Can you whiten only one tooth?"),
    ("-", "Do you sell electric toothbrushes?"),
    ("-", "¿Atienden a embarazadas?"),
    ("-", "Is the water in the rinse cup filtered?"),
    ("-", "Do your hygienists speak sign language?"),
];

/// Questions of a hotel's guests, in five languages. Those about animals share a topic, and so a group.
const HOTEL: &[(&str, &str)] = &[
    ("pets", "Do you take dogs?"),
    ("pets", "¿Aceptan mascotas?"),
    ("pets", "Sind Hunde erlaubt?"),
    ("pets", "Est-ce que les chiens sont acceptés ?"),
    ("pool", "Is the swimming pool heated in winter?"),
    ("pool", "What temperature is the heated pool?"),
    ("pool", "is your pool heated"),
    ("sauna", "Hat die Sauna abends geöffnet?"),
    ("sauna", "Kann man die Sauna privat mieten?"),
    ("sauna", "Gibt es eine Sauna und was kostet die Sauna?"),
    ("bike", "Peut-on louer des vélos à l'hôtel ?"),
    ("bike", "Vous avez des vélos à louer ?"),
    ("bike", "louez-vous des vélos électriques"),
    ("crib", "Vocês têm berço para bebê?"),
    ("crib", "Dá para colocar um berço no quarto?"),
    ("breakfast", "Is there a gluten free breakfast?"),
    ("breakfast", "I'm celiac, is the breakfast gluten free?"),
    ("-", "Can we see the castle from the balcony?"),
    ("-", "Is the bar haunted?"),
    ("-", "Gibt es ein Klavier im Saal?"),
    ("-", "¿Se puede fumar en la terraza?"),
    ("-", "Do you have adapters for British plugs?"),
    ("-", "Avez-vous un coffre dans la chambre ?"),
    ("-", "Tem transfer do aeroporto?"),
];

/// Pairs of questions that are rightly in one group, that are in one, and that should be.
fn pairs(set: &[(&str, &str)]) -> (usize, usize, usize) {
    let about: Vec<_> = set.iter().map(|(_, text)| terms(text)).collect();
    let groups = groups(&about);
    let group_of = |at: usize| groups.iter().position(|group| group.members.contains(&at)).unwrap();
    let (mut right, mut made, mut wanted) = (0, 0, 0);
    for one in 0..set.len() {
        for other in one + 1..set.len() {
            let is_same = set[one].0 == set[other].0 && set[one].0 != "-";
            let is_joined = group_of(one) == group_of(other);
            if is_joined && !is_same {
                println!("together: {:?} and {:?}", set[one].1, set[other].1);
            }
            if !is_joined && is_same {
                println!("apart: {:?} and {:?}", set[one].1, set[other].1);
            }
            right += usize::from(is_same && is_joined);
            made += usize::from(is_joined);
            wanted += usize::from(is_same);
        }
    }
    (right, made, wanted)
}

#[test]
fn what_asks_the_same_is_together_and_nothing_else_is() {
    let found = [GARAGE, DENTIST, HOTEL].map(pairs);
    let sum = |of: fn(&(usize, usize, usize)) -> usize| found.iter().map(of).sum::<usize>();
    let (right, made, wanted) = (sum(|it| it.0), sum(|it| it.1), sum(|it| it.2));
    println!("{right} pairs of {wanted} found, {} wrong", made - right);
    // Two questions under one suggestion mislead the business; one that is missed is seen again next week.
    assert!(right * 100 >= made * 90, "{right} of {made} pairs are right");
    assert!(right * 100 >= wanted * 70, "{right} of {wanted} pairs are found");
}

#[test]
fn grouping_takes_every_question_once_and_does_not_hang_on_their_order() {
    let all: Vec<_> = GARAGE.iter().chain(HOTEL).map(|(_, text)| terms(text)).collect();
    let found = groups(&all);
    let mut members: Vec<usize> = found.iter().flat_map(|group| group.members.clone()).collect();
    members.sort_unstable();
    assert_eq!(members, (0..all.len()).collect::<Vec<_>>());
    assert!(found.iter().all(|group| group.members.contains(&group.centre)));
    let turned: Vec<_> = all.iter().rev().cloned().collect();
    let mut again: Vec<Vec<usize>> =
        groups(&turned).iter().map(|group| group.members.iter().rev().map(|at| all.len() - 1 - at).collect()).collect();
    again.sort();
    assert_eq!(again, found.into_iter().map(|group| group.members).collect::<Vec<_>>());
}

#[test]
fn what_tells_nothing_is_alone() {
    let texts = ["", "👍", "What do you have?", "Can you do that for me?", "???"];
    let about: Vec<_> = texts.iter().map(|text| terms(text)).collect();
    assert!(about.iter().all(BTreeSet::is_empty), "{about:?}");
    assert_eq!(groups(&about).len(), texts.len());
    assert!(groups(&[]).is_empty());
}
