# Campaigns: what is written to customers because of the weather, and which weather that is.
nav-campaigns = Campaigns
campaigns-text = When weather comes up that you wait for, a message to the customers it matters to is drafted. Nothing is sent before someone says yes, unless its rule begins by itself.
campaigns-rules = Which weather to wait for
campaigns-empty = No campaigns yet. The first one begins with weather that you wait for.
campaign-fits = { $count ->
    [one] one customer
   *[other] { $count } customers
}
campaign-state-drafting = being prepared
campaign-state-waiting = waits for a yes
campaign-state-approved = approved
campaign-state-sending = goes out
campaign-state-done = done
campaign-state-declined = declined
campaign-state-expired = too late
campaign-state-failed = ended
campaign-ended-all-invited = Everyone had their turn.
campaign-ended-no-time-left = There was no time left for more visits.
campaign-ended-declined = Someone said no.
campaign-ended-stopped = Someone stopped it.
campaign-ended-too-late = No one said yes in time.
campaign-ended-no-one-fits = It fits no customer.
back-to-campaigns = ← All campaigns
campaign-weather = Weather
campaign-place = Place
campaign-services = What is offered
campaign-useful-until = Of use until
weather-heat-wave = heat wave
weather-cold-snap = hard frost
weather-storm = storm
weather-rain-week = week of rain
weather-first-freeze = first frost
campaign-decide-text = { $count ->
    [one] It waits for your yes. One invitation is planned so far.
   *[other] It waits for your yes. { $count } invitations are planned so far, as the calendar has room.
}
do-approve-campaign = Approve and send
done-approve-campaign = Approved. The first are invited now.
do-decline-campaign = Decline
done-decline-campaign = Declined. Nothing is sent.
do-stop-campaign = Stop it
done-stop-campaign = Stopped. No one else is invited.
campaign-texts = What it says
campaign-texts-empty = The text is being written.
campaign-texts-none = No text was written.
campaign-subject = Subject, by e-mail
campaign-body = Text
campaign-body-hint = Filled in for each customer: {"{"}name{"}"}, {"{"}business{"}"}, {"{"}service{"}"}, {"{"}first_day{"}"}, {"{"}last_day{"}"}, {"{"}place{"}"}, {"{"}last_visit{"}"}. What may not be known stands in square brackets. How to get no more messages is added.
campaign-sms = { $parts ->
    [one] one part by SMS
   *[other] { $parts } parts by SMS
}
campaign-preview = How it reads
campaign-preview-text = As the first of your customers would get it now.
campaign-not-reached = not reached
campaign-reach = Whom it is for
campaign-reach-open = Customers are still being looked at.
campaign-looked-at = Customers looked at
campaign-fit = It fits
left-out-refused = Asked to hear nothing more
left-out-other-place = Belong to another place
left-out-other-tags = Have none of the tags
left-out-too-young = Not old enough, or the age is not known
left-out-never-served = Never had one of the services
left-out-served-lately = Had it lately
left-out-has-visit = Have a visit ahead
left-out-with-staff = Are talking with the team
left-out-heard-lately = Wrote just now
left-out-invited-lately = Were invited lately
left-out-not-allowed = May not be written to
left-out-consent = No consent
left-out-no-address = No address
left-out-quiet-hours = Quiet hours
left-out-campaign-over = Campaign was stopped
left-out-unreadable = Record cannot be read
campaign-plan = Room and invitations, day by day
campaign-plan-empty = The calendar has not been looked at yet.
campaign-plan-none = It ended before days were chosen.
campaign-plan-day = Day
campaign-plan-free = Free visits
campaign-plan-invited = Invitations
campaign-most-a-day = At most so many a day
campaign-most-a-day-hint = Empty: as many as there is room for.
campaign-extra-shifts = { $count ->
    [one] One customer fits and is not invited, for want of room.
   *[other] { $count } customers fit and are not invited, for want of room.
}
campaign-extra-visits = { $count ->
    [one] Extra shifts for one more visit would help, first of all on:
   *[other] Extra shifts for { $count } more visits would help, first of all on:
}
campaign-parts = { $count ->
    [one] Have the parts ready for about one visit:
   *[other] Have the parts ready for about { $count } visits:
}
campaign-part = needed { $needed }, in stock { $there }, on order { $coming }
campaign-figures = What came of it
campaign-held-back = Held back
figure-invited = invited
figure-answered = answered
figure-booked = booked
figure-lost = cancelled or missed
figure-revenue = booked for at least
figure-earned = done for at least
approval-kind-send-campaign = campaign
do-approve-send-campaign = Approve and send
done-approve-send-campaign = The campaign goes out.
do-decline-send-campaign = Decline
done-decline-send-campaign = Nothing is sent.
settings-weather = Weather
weather-text = Weather that is worth a message to your customers. Once a day the forecast is looked at.
weather-empty = No weather is waited for. Services come first: they are what is offered.
weather-add = Add weather
weather-suggested = suggested
weather-suggested-text = Others of your trade wait for this. It is waited for once you use it.
weather-automatic-tag = begins by itself
do-use-rule = Use this
weather-name = Name
weather-condition = Kind of weather
weather-number-wrong = A number, such as 95 or 2.5
weather-high-f = Highest temperature above (°F)
weather-high-c = Highest temperature above (°C)
weather-low-f = Lowest temperature below (°F)
weather-low-c = Lowest temperature below (°C)
weather-rain-in = Rain in all above (inches)
weather-rain-mm = Rain in all above (mm)
weather-gust-mph = Gusts above (mph)
weather-gust-kmh = Gusts above (km/h)
weather-hail-in = Hail from (inches)
weather-hail-mm = Hail from (mm)
weather-days = Days
weather-days-hint = Days in a row; of rain, within so many days.
weather-lead-days = Days ahead
weather-lead-days-hint = A campaign begins when the first day is this near.
weather-services = What is offered
weather-last-visit = Last visit more than so many days ago
weather-last-visit-hint = Empty: any time ago.
weather-older = Older than some years, by this field of contacts
weather-older-hint = A field such as roof_installed whose value is a year, a date or an age in years. Empty: of any age.
weather-older-wrong = Say in the field beside it how many years.
weather-older-years = Older than so many years
weather-tags = Only customers with one of these tags
weather-tags-hint = With commas between them. Empty: all.
weather-or-never = Also customers who never had one of the services
weather-keep-free = Percent of free visits kept for others
weather-keep-free-hint = No more customers are invited than the rest has room for.
weather-automatic = Begins by itself, without a yes
weather-automatic-hint = Customers are written to as soon as the text is there.
weather-active = Wait for it
storms-title = Damage by a storm
storms-text = Finds the storms that may have caused a damage, in a table that you export from NOAA’s Storm Events Database for the county. What is found is evidence and no verdict. Nothing is stored.
storms-damage = Damaged by
storm-damage-hail = hail
storm-damage-wind = wind
storm-damage-water = water
storms-noticed = Noticed on
storms-latitude = Latitude of the house, in degrees north
storms-longitude = Longitude of the house, in degrees east (negative in America)
storms-degrees-wrong = Degrees, such as 39.74 or -104.99
storms-file = File with the table (CSV)
storms-csv = Lines of the table
do-storms = Look for storms
done-storms = The table was read.
storms-read = Storms in the table
storms-fit = Storms that fit
storms-without-place = Fit, but have no place
storms-unreadable = Lines that could not be read
storms-none = No storm of the table fits.
