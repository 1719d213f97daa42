# Campaigns: what is written to customers because of the weather, and which weather that is.
nav-campaigns = Campagnes
campaigns-text = Quand le temps que vous attendez s'annonce, un message est préparé pour les clients concernés. Rien n'est envoyé sans accord, sauf si la règle commence d'elle-même.
campaigns-rules = Quel temps attendre
campaigns-empty = Pas encore de campagne. La première commence avec le temps que vous attendez.
campaign-fits = { $count ->
    [one] un client
   *[other] { $count } clients
}
campaign-state-drafting = en préparation
campaign-state-waiting = attend un accord
campaign-state-approved = approuvée
campaign-state-sending = en cours d'envoi
campaign-state-done = terminée
campaign-state-declined = refusée
campaign-state-expired = trop tard
campaign-state-failed = arrêtée
campaign-ended-all-invited = Chacun a eu son tour.
campaign-ended-no-time-left = Il ne restait plus de temps pour d'autres visites.
campaign-ended-declined = Quelqu'un a dit non.
campaign-ended-stopped = Quelqu'un l'a arrêtée.
campaign-ended-too-late = Personne n'a donné son accord à temps.
campaign-ended-no-one-fits = Elle ne concerne aucun client.
back-to-campaigns = ← Toutes les campagnes
campaign-weather = Météo
campaign-place = Lieu
campaign-services = Ce qui est proposé
campaign-useful-until = Utile jusqu'au
weather-heat-wave = vague de chaleur
weather-cold-snap = grand froid
weather-storm = tempête
weather-rain-week = semaine de pluie
weather-first-freeze = première gelée
campaign-decide-text = { $count ->
    [one] Elle attend votre accord. Une invitation est prévue.
   *[other] Elle attend votre accord. { $count } invitations sont prévues, selon le calendrier.
}
do-approve-campaign = Approuver et envoyer
done-approve-campaign = Approuvée. Les premiers sont invités.
do-decline-campaign = Refuser
done-decline-campaign = Refusée. Rien n'est envoyé.
do-stop-campaign = L'arrêter
done-stop-campaign = Arrêtée. Personne d'autre n'est invité.
campaign-texts = Ce qu'elle dit
campaign-texts-empty = Le texte est en cours d'écriture.
campaign-texts-none = Aucun texte n'a été écrit.
campaign-subject = Objet, par e-mail
campaign-body = Texte
campaign-body-hint = Rempli pour chaque client : {"{"}name{"}"}, {"{"}business{"}"}, {"{"}service{"}"}, {"{"}first_day{"}"}, {"{"}last_day{"}"}, {"{"}place{"}"}, {"{"}last_visit{"}"}. Ce qui n'est peut-être pas connu est entre crochets. On ajoute comment ne plus rien recevoir.
campaign-sms = { $parts ->
    [one] une partie par SMS
   *[other] { $parts } parties par SMS
}
campaign-preview = Comment elle se lit
campaign-preview-text = Telle que vos premiers clients la recevraient maintenant.
campaign-not-reached = non joint
campaign-reach = Pour qui
campaign-reach-open = Les clients sont encore en cours d'examen.
campaign-looked-at = Clients examinés
campaign-fit = Concernés
left-out-refused = Ne veulent plus de messages
left-out-other-place = D'un autre lieu
left-out-other-tags = Sans ces étiquettes
left-out-too-young = Pas assez ancien, ou âge inconnu
left-out-never-served = Jamais eu ce service
left-out-served-lately = L'ont eu récemment
left-out-has-visit = Ont une visite prévue
left-out-with-staff = En discussion avec l'équipe
left-out-heard-lately = Ont écrit récemment
left-out-invited-lately = Invités récemment
left-out-not-allowed = On ne peut pas leur écrire
left-out-consent = Sans consentement
left-out-no-address = Sans adresse
left-out-quiet-hours = Heures calmes
left-out-campaign-over = Campagne arrêtée
left-out-unreadable = Fiche illisible
campaign-plan = Place et invitations par jour
campaign-plan-empty = Le calendrier n'a pas encore été consulté.
campaign-plan-none = Elle s'est terminée avant le choix des jours.
campaign-plan-day = Jour
campaign-plan-free = Visites libres
campaign-plan-invited = Invitations
campaign-most-a-day = Au plus par jour
campaign-most-a-day-hint = Vide : autant qu'il y a de place.
campaign-extra-shifts = { $count ->
    [one] Un client convient et n'est pas invité, faute de place.
   *[other] { $count } clients conviennent et ne sont pas invités, faute de place.
}
campaign-extra-visits = { $count ->
    [one] Des équipes en plus pour une visite aideraient, surtout :
   *[other] Des équipes en plus pour { $count } visites aideraient, surtout :
}
campaign-parts = { $count ->
    [one] Prévoyez les pièces pour une visite :
   *[other] Prévoyez les pièces pour environ { $count } visites :
}
campaign-part = nécessaires { $needed }, en stock { $there }, commandées { $coming }
campaign-figures = Ce que cela a donné
campaign-held-back = Retenus
figure-invited = invités
figure-answered = ont répondu
figure-booked = ont réservé
figure-lost = annulés ou manqués
figure-revenue = réservé pour au moins
figure-earned = réalisé pour au moins
approval-kind-send-campaign = campagne
do-approve-send-campaign = Approuver et envoyer
done-approve-send-campaign = La campagne part.
do-decline-send-campaign = Refuser
done-decline-send-campaign = Rien n'est envoyé.
settings-weather = Météo
weather-text = Le temps qui mérite un message à vos clients. Les prévisions sont consultées une fois par jour.
weather-empty = Aucun temps n'est attendu. Les services d'abord : c'est ce qui est proposé.
weather-add = Ajouter un temps
weather-suggested = suggérée
weather-suggested-text = D'autres de votre métier attendent ceci. C'est attendu dès que vous l'utilisez.
weather-automatic-tag = commence d'elle-même
do-use-rule = Utiliser
weather-name = Nom
weather-condition = Type de temps
weather-number-wrong = Un nombre, comme 95 ou 2,5
weather-high-f = Maximum au-dessus de (°F)
weather-high-c = Maximum au-dessus de (°C)
weather-low-f = Minimum au-dessous de (°F)
weather-low-c = Minimum au-dessous de (°C)
weather-rain-in = Pluie totale au-dessus de (pouces)
weather-rain-mm = Pluie totale au-dessus de (mm)
weather-gust-mph = Rafales au-dessus de (mph)
weather-gust-kmh = Rafales au-dessus de (km/h)
weather-hail-in = Grêle à partir de (pouces)
weather-hail-mm = Grêle à partir de (mm)
weather-days = Jours
weather-days-hint = Jours d'affilée ; pour la pluie, en tant de jours.
weather-lead-days = Jours à l'avance
weather-lead-days-hint = La campagne commence quand le premier jour est aussi proche.
weather-services = Ce qui est proposé
weather-last-visit = Dernière visite il y a plus de tant de jours
weather-last-visit-hint = Vide : peu importe quand.
weather-older = Plus ancien que quelques années, d’après ce champ des contacts
weather-older-hint = Un champ comme roof_installed dont la valeur est une année, une date ou un âge en années. Vide : de tout âge.
weather-older-wrong = Indiquez dans le champ voisin combien d’années.
weather-older-years = Plus ancien que tant d’années
weather-tags = Seulement les clients avec une de ces étiquettes
weather-tags-hint = Séparées par des virgules. Vide : tous.
weather-or-never = Aussi les clients qui n'ont jamais eu ces services
weather-keep-free = Pourcentage de visites libres gardé pour d'autres
weather-keep-free-hint = On n'invite pas plus de clients que le reste ne le permet.
weather-automatic = Commence d'elle-même, sans accord
weather-automatic-hint = Les clients reçoivent le message dès que le texte est là.
weather-active = L'attendre
storms-title = Dégât d’une tempête
storms-text = Cherche les tempêtes qui ont pu causer un dégât, dans un tableau que vous exportez pour le comté de la base Storm Events de la NOAA. Ce qui est trouvé est un indice, pas un verdict. Rien n’est enregistré.
storms-damage = Endommagé par
storm-damage-hail = la grêle
storm-damage-wind = le vent
storm-damage-water = l’eau
storms-noticed = Constaté le
storms-latitude = Latitude de la maison, en degrés nord
storms-longitude = Longitude de la maison, en degrés est (négative en Amérique)
storms-degrees-wrong = Des degrés, comme 39,74 ou -104,99
storms-file = Fichier du tableau (CSV)
storms-csv = Lignes du tableau
do-storms = Chercher des tempêtes
done-storms = Le tableau a été lu.
storms-read = Tempêtes dans le tableau
storms-fit = Tempêtes qui correspondent
storms-without-place = Correspondent, mais sans lieu
storms-unreadable = Lignes illisibles
storms-none = Aucune tempête du tableau ne correspond.
