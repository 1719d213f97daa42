# Campaigns: what is written to customers because of the weather, and which weather that is.
nav-campaigns = Campanhas
campaigns-text = Quando vem o tempo que você espera, uma mensagem é preparada para os clientes afetados. Nada é enviado sem um sim, a não ser que a regra comece sozinha.
campaigns-rules = Que tempo esperar
campaigns-empty = Ainda não há campanhas. A primeira começa com o tempo que você espera.
campaign-fits = { $count ->
    [one] um cliente
   *[other] { $count } clientes
}
campaign-state-drafting = em preparação
campaign-state-waiting = espera um sim
campaign-state-approved = aprovada
campaign-state-sending = sendo enviada
campaign-state-done = concluída
campaign-state-declined = recusada
campaign-state-expired = tarde demais
campaign-state-failed = encerrada
campaign-ended-all-invited = Todos tiveram a sua vez.
campaign-ended-no-time-left = Não restava tempo para mais visitas.
campaign-ended-declined = Alguém disse não.
campaign-ended-stopped = Alguém a interrompeu.
campaign-ended-too-late = Ninguém aprovou a tempo.
campaign-ended-no-one-fits = Não se aplica a nenhum cliente.
back-to-campaigns = ← Todas as campanhas
campaign-weather = Tempo
campaign-place = Lugar
campaign-services = O que é oferecido
campaign-useful-until = Útil até
weather-heat-wave = onda de calor
weather-cold-snap = geada forte
weather-storm = tempestade
weather-rain-week = semana de chuva
weather-first-freeze = primeira geada
campaign-decide-text = { $count ->
    [one] Ela espera o seu sim. Um convite está previsto.
   *[other] Ela espera o seu sim. { $count } convites estão previstos, conforme o calendário.
}
do-approve-campaign = Aprovar e enviar
done-approve-campaign = Aprovada. Os primeiros estão sendo convidados.
do-decline-campaign = Recusar
done-decline-campaign = Recusada. Nada é enviado.
do-stop-campaign = Interromper
done-stop-campaign = Interrompida. Ninguém mais é convidado.
campaign-texts = O que ela diz
campaign-texts-empty = O texto está sendo escrito.
campaign-texts-none = Nenhum texto foi escrito.
campaign-subject = Assunto, por e-mail
campaign-body = Texto
campaign-body-hint = Preenchido para cada cliente: {"{"}name{"}"}, {"{"}business{"}"}, {"{"}service{"}"}, {"{"}first_day{"}"}, {"{"}last_day{"}"}, {"{"}place{"}"}, {"{"}last_visit{"}"}. O que talvez não se saiba fica entre colchetes. Como não receber mais é acrescentado.
campaign-sms = { $parts ->
    [one] uma parte por SMS
   *[other] { $parts } partes por SMS
}
campaign-preview = Como se lê
campaign-preview-text = Como os primeiros clientes a receberiam agora.
campaign-not-reached = não recebe
campaign-reach = Para quem é
campaign-reach-open = Os clientes ainda estão sendo verificados.
campaign-looked-at = Clientes verificados
campaign-fit = Serve para
left-out-refused = Não querem mensagens
left-out-other-place = De outro lugar
left-out-other-tags = Sem essas etiquetas
left-out-too-young = Não tão antigo, ou idade desconhecida
left-out-never-served = Nunca tiveram o serviço
left-out-served-lately = Tiveram há pouco
left-out-has-visit = Já têm visita marcada
left-out-with-staff = Falam com a equipe
left-out-heard-lately = Escreveram há pouco
left-out-invited-lately = Convidados há pouco
left-out-not-allowed = Não podem receber mensagens
left-out-consent = Sem consentimento
left-out-no-address = Sem endereço
left-out-quiet-hours = Horas de silêncio
left-out-campaign-over = Campanha interrompida
left-out-unreadable = Registro ilegível
campaign-plan = Vagas e convites por dia
campaign-plan-empty = O calendário ainda não foi verificado.
campaign-plan-none = Terminou antes da escolha dos dias.
campaign-plan-day = Dia
campaign-plan-free = Visitas livres
campaign-plan-invited = Convites
campaign-most-a-day = No máximo por dia
campaign-most-a-day-hint = Vazio: tantos quantos couberem.
campaign-extra-shifts = { $count ->
    [one] Um cliente se encaixa e não é convidado por falta de vaga.
   *[other] { $count } clientes se encaixam e não são convidados por falta de vaga.
}
campaign-extra-visits = { $count ->
    [one] Turnos extras para mais uma visita ajudariam, sobretudo:
   *[other] Turnos extras para mais { $count } visitas ajudariam, sobretudo:
}
campaign-parts = { $count ->
    [one] Tenha peças para uma visita:
   *[other] Tenha peças para cerca de { $count } visitas:
}
campaign-part = necessárias { $needed }, em estoque { $there }, pedidas { $coming }
campaign-figures = O que resultou
campaign-held-back = Retidos
figure-invited = convidados
figure-answered = responderam
figure-booked = agendaram
figure-lost = cancelados ou perdidos
figure-revenue = agendado por ao menos
figure-earned = feito por ao menos
approval-kind-send-campaign = campanha
do-approve-send-campaign = Aprovar e enviar
done-approve-send-campaign = A campanha é enviada.
do-decline-send-campaign = Recusar
done-decline-send-campaign = Nada é enviado.
settings-weather = Tempo
weather-text = Tempo que merece uma mensagem aos clientes. A previsão é verificada uma vez por dia.
weather-empty = Nenhum tempo é esperado. Primeiro os serviços: são o que se oferece.
weather-add = Adicionar tempo
weather-suggested = sugerida
weather-suggested-text = Outros do seu ramo esperam por isto. Vale assim que você usar.
weather-automatic-tag = começa sozinha
do-use-rule = Usar
weather-name = Nome
weather-condition = Tipo de tempo
weather-number-wrong = Um número, como 95 ou 2,5
weather-high-f = Máxima acima de (°F)
weather-high-c = Máxima acima de (°C)
weather-low-f = Mínima abaixo de (°F)
weather-low-c = Mínima abaixo de (°C)
weather-rain-in = Chuva total acima de (polegadas)
weather-rain-mm = Chuva total acima de (mm)
weather-gust-mph = Rajadas acima de (mph)
weather-gust-kmh = Rajadas acima de (km/h)
weather-hail-in = Granizo a partir de (polegadas)
weather-hail-mm = Granizo a partir de (mm)
weather-days = Dias
weather-days-hint = Dias seguidos; de chuva, em tantos dias.
weather-lead-days = Dias de antecedência
weather-lead-days-hint = A campanha começa quando o primeiro dia está a esta distância.
weather-services = O que é oferecido
weather-last-visit = Última visita há mais de tantos dias
weather-last-visit-hint = Vazio: a qualquer tempo.
weather-older = Com mais de alguns anos, por este campo dos contatos
weather-older-hint = Um campo como roof_installed cujo valor é um ano, uma data ou uma idade em anos. Vazio: de qualquer idade.
weather-older-wrong = Diga no campo ao lado quantos anos.
weather-older-years = Com mais de tantos anos
weather-tags = Só clientes com uma destas etiquetas
weather-tags-hint = Separadas por vírgulas. Vazio: todos.
weather-or-never = Também clientes que nunca tiveram esses serviços
weather-keep-free = Percentual de visitas livres para outros
weather-keep-free-hint = Não são convidados mais clientes do que cabe no restante.
weather-automatic = Começa sozinha, sem aprovação
weather-automatic-hint = Os clientes recebem assim que o texto está pronto.
weather-active = Esperar
storms-title = Dano de tempestade
storms-text = Procura as tempestades que podem ter causado um dano, numa tabela que você exporta para o condado do banco de dados Storm Events da NOAA. O que se encontra é um indício e não um veredito. Nada é guardado.
storms-damage = Danificado por
storm-damage-hail = granizo
storm-damage-wind = vento
storm-damage-water = água
storms-noticed = Notado em
storms-latitude = Latitude da casa, em graus norte
storms-longitude = Longitude da casa, em graus leste (negativa na América)
storms-degrees-wrong = Graus, como 39,74 ou -104,99
storms-file = Arquivo com a tabela (CSV)
storms-csv = Linhas da tabela
do-storms = Procurar tempestades
done-storms = A tabela foi lida.
storms-read = Tempestades na tabela
storms-fit = Tempestades que combinam
storms-without-place = Combinam, mas não têm lugar
storms-unreadable = Linhas que não puderam ser lidas
storms-none = Nenhuma tempestade da tabela combina.
