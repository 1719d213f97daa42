// How thresholds of the weather are read: typed in the units of the business's country, stored in whole tenths of metric ones. And how old
// something must be.

import { readers } from "/app/app.js";

/** Reads a number such as `95` or `2,5` and turns it into tenths; nothing is none. */
const tenths = (metric) => (typed) => {
  const text = typed.trim();
  if (text === "") return null;
  return /^-?\d+(?:[.,]\d+)?$/.test(text) ? Math.round(metric(Number(text.replace(",", ".")))) : undefined;
};

/** The name of a field of contacts, with the years that stand in the field beside it; without a name it is nothing. */
function older(name, field) {
  const years = field.form.elements.namedItem(`${field.name}[0].over_years`).value;
  if (name.trim() === "") return null;
  return years === "" ? undefined : { field: name.trim(), over_years: Number(years) };
}

Object.assign(readers, {
  older,
  fahrenheit: tenths((degrees) => ((degrees - 32) * 50) / 9),
  celsius: tenths((degrees) => degrees * 10),
  inches: tenths((inches) => inches * 254),
  millimetres: tenths((millimetres) => millimetres * 10),
  mph: tenths((miles) => miles * 16.09344),
  kmh: tenths((kilometres) => kilometres * 10),
});
