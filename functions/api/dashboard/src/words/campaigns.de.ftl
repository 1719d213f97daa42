# Campaigns: what is written to customers because of the weather, and which weather that is.
nav-campaigns = Kampagnen
campaigns-text = Wenn Wetter kommt, auf das Sie warten, wird eine Nachricht an die betroffenen Kunden entworfen. Ohne ein Ja wird nichts verschickt, außer die Regel beginnt von selbst.
campaigns-rules = Auf welches Wetter gewartet wird
campaigns-empty = Noch keine Kampagnen. Die erste beginnt mit Wetter, auf das Sie warten.
campaign-fits = { $count ->
    [one] ein Kunde
   *[other] { $count } Kunden
}
campaign-state-drafting = wird vorbereitet
campaign-state-waiting = wartet auf ein Ja
campaign-state-approved = freigegeben
campaign-state-sending = wird verschickt
campaign-state-done = fertig
campaign-state-declined = abgelehnt
campaign-state-expired = zu spät
campaign-state-failed = beendet
campaign-ended-all-invited = Alle waren an der Reihe.
campaign-ended-no-time-left = Für mehr Termine war keine Zeit mehr.
campaign-ended-declined = Jemand hat Nein gesagt.
campaign-ended-stopped = Jemand hat sie gestoppt.
campaign-ended-too-late = Niemand hat rechtzeitig Ja gesagt.
campaign-ended-no-one-fits = Sie passt zu keinem Kunden.
back-to-campaigns = ← Alle Kampagnen
campaign-weather = Wetter
campaign-place = Ort
campaign-services = Was angeboten wird
campaign-useful-until = Sinnvoll bis
weather-heat-wave = Hitzewelle
weather-cold-snap = starker Frost
weather-storm = Sturm
weather-rain-week = Regenwoche
weather-first-freeze = erster Frost
campaign-decide-text = { $count ->
    [one] Sie wartet auf Ihr Ja. Eine Einladung ist geplant.
   *[other] Sie wartet auf Ihr Ja. { $count } Einladungen sind geplant, so viel der Kalender zulässt.
}
do-approve-campaign = Freigeben und verschicken
done-approve-campaign = Freigegeben. Die Ersten werden eingeladen.
do-decline-campaign = Ablehnen
done-decline-campaign = Abgelehnt. Nichts wird verschickt.
do-stop-campaign = Stoppen
done-stop-campaign = Gestoppt. Niemand sonst wird eingeladen.
campaign-texts = Was sie sagt
campaign-texts-empty = Der Text wird geschrieben.
campaign-texts-none = Es wurde kein Text geschrieben.
campaign-subject = Betreff, per E-Mail
campaign-body = Text
campaign-body-hint = Für jeden Kunden eingesetzt: {"{"}name{"}"}, {"{"}business{"}"}, {"{"}service{"}"}, {"{"}first_day{"}"}, {"{"}last_day{"}"}, {"{"}place{"}"}, {"{"}last_visit{"}"}. Was vielleicht unbekannt ist, steht in eckigen Klammern. Wie man nichts mehr erhält, wird angefügt.
campaign-sms = { $parts ->
    [one] ein Teil per SMS
   *[other] { $parts } Teile per SMS
}
campaign-preview = Wie sie sich liest
campaign-preview-text = So bekämen Ihre ersten Kunden sie jetzt.
campaign-not-reached = nicht erreicht
campaign-reach = Für wen sie ist
campaign-reach-open = Die Kunden werden noch durchgesehen.
campaign-looked-at = Kunden durchgesehen
campaign-fit = Sie passt für
left-out-refused = Wollen nichts mehr hören
left-out-other-place = Gehören zu einem anderen Ort
left-out-other-tags = Haben keines der Schlagwörter
left-out-too-young = Nicht alt genug, oder Alter unbekannt
left-out-never-served = Hatten die Leistung nie
left-out-served-lately = Hatten sie erst kürzlich
left-out-has-visit = Haben schon einen Termin
left-out-with-staff = Sprechen gerade mit dem Team
left-out-heard-lately = Haben eben geschrieben
left-out-invited-lately = Wurden kürzlich eingeladen
left-out-not-allowed = Dürfen nicht angeschrieben werden
left-out-consent = Keine Einwilligung
left-out-no-address = Keine Adresse
left-out-quiet-hours = Ruhezeit
left-out-campaign-over = Kampagne wurde gestoppt
left-out-unreadable = Eintrag nicht lesbar
campaign-plan = Platz und Einladungen je Tag
campaign-plan-empty = Der Kalender wurde noch nicht angesehen.
campaign-plan-none = Sie endete, bevor Tage gewählt wurden.
campaign-plan-day = Tag
campaign-plan-free = Freie Termine
campaign-plan-invited = Einladungen
campaign-most-a-day = Höchstens so viele am Tag
campaign-most-a-day-hint = Leer: so viele, wie Platz ist.
campaign-extra-shifts = { $count ->
    [one] Ein Kunde passt und wird mangels Platz nicht eingeladen.
   *[other] { $count } Kunden passen und werden mangels Platz nicht eingeladen.
}
campaign-extra-visits = { $count ->
    [one] Zusatzschichten für einen Termin mehr würden helfen, vor allem am:
   *[other] Zusatzschichten für { $count } Termine mehr würden helfen, vor allem am:
}
campaign-parts = { $count ->
    [one] Teile für etwa einen Termin bereithalten:
   *[other] Teile für etwa { $count } Termine bereithalten:
}
campaign-part = gebraucht { $needed }, vorhanden { $there }, bestellt { $coming }
campaign-figures = Was daraus wurde
campaign-held-back = Zurückgehalten
figure-invited = eingeladen
figure-answered = haben geantwortet
figure-booked = haben gebucht
figure-lost = abgesagt oder versäumt
figure-revenue = gebucht für mindestens
figure-earned = erledigt für mindestens
approval-kind-send-campaign = Kampagne
do-approve-send-campaign = Freigeben und verschicken
done-approve-send-campaign = Die Kampagne wird verschickt.
do-decline-send-campaign = Ablehnen
done-decline-send-campaign = Nichts wird verschickt.
settings-weather = Wetter
weather-text = Wetter, das eine Nachricht an Ihre Kunden wert ist. Einmal am Tag wird die Vorhersage angesehen.
weather-empty = Auf kein Wetter wird gewartet. Zuerst die Leistungen: Sie werden angeboten.
weather-add = Wetter hinzufügen
weather-suggested = Vorschlag
weather-suggested-text = Andere Ihrer Branche warten darauf. Gewartet wird, sobald Sie es verwenden.
weather-automatic-tag = beginnt von selbst
do-use-rule = Verwenden
weather-name = Name
weather-condition = Art des Wetters
weather-number-wrong = Eine Zahl, etwa 95 oder 2,5
weather-high-f = Höchstwert über (°F)
weather-high-c = Höchstwert über (°C)
weather-low-f = Tiefstwert unter (°F)
weather-low-c = Tiefstwert unter (°C)
weather-rain-in = Regen insgesamt über (Zoll)
weather-rain-mm = Regen insgesamt über (mm)
weather-gust-mph = Böen über (mph)
weather-gust-kmh = Böen über (km/h)
weather-hail-in = Hagel ab (Zoll)
weather-hail-mm = Hagel ab (mm)
weather-days = Tage
weather-days-hint = Tage hintereinander; bei Regen innerhalb so vieler Tage.
weather-lead-days = Tage vorher
weather-lead-days-hint = Eine Kampagne beginnt, wenn der erste Tag so nah ist.
weather-services = Was angeboten wird
weather-last-visit = Letzter Termin vor mehr als so vielen Tagen
weather-last-visit-hint = Leer: egal wann.
weather-older = Älter als einige Jahre, nach diesem Feld der Kontakte
weather-older-hint = Ein Feld wie roof_installed mit einem Jahr, einem Datum oder einem Alter in Jahren. Leer: jedes Alter.
weather-older-wrong = Geben Sie im Feld daneben an, wie viele Jahre.
weather-older-years = Älter als so viele Jahre
weather-tags = Nur Kunden mit einem dieser Schlagwörter
weather-tags-hint = Mit Kommas dazwischen. Leer: alle.
weather-or-never = Auch Kunden, die keine der Leistungen hatten
weather-keep-free = Prozent der freien Termine für andere
weather-keep-free-hint = Es werden nicht mehr Kunden eingeladen, als im Rest Platz ist.
weather-automatic = Beginnt von selbst, ohne ein Ja
weather-automatic-hint = Kunden werden angeschrieben, sobald der Text da ist.
weather-active = Darauf warten
storms-title = Sturmschaden
storms-text = Sucht die Stürme, die einen Schaden verursacht haben können, in einer Tabelle, die Sie für den Landkreis aus der Storm Events Database der NOAA exportieren. Was gefunden wird, ist ein Hinweis und kein Urteil. Nichts wird gespeichert.
storms-damage = Beschädigt durch
storm-damage-hail = Hagel
storm-damage-wind = Wind
storm-damage-water = Wasser
storms-noticed = Bemerkt am
storms-latitude = Breite des Hauses, in Grad Nord
storms-longitude = Länge des Hauses, in Grad Ost (in Amerika negativ)
storms-degrees-wrong = Grad, etwa 39,74 oder -104,99
storms-file = Datei mit der Tabelle (CSV)
storms-csv = Zeilen der Tabelle
do-storms = Stürme suchen
done-storms = Die Tabelle ist gelesen.
storms-read = Stürme in der Tabelle
storms-fit = Stürme, die passen
storms-without-place = Passen, haben aber keinen Ort
storms-unreadable = Zeilen, die nicht zu lesen waren
storms-none = Kein Sturm der Tabelle passt.
