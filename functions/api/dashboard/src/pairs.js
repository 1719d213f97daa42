// Reads questions with their answers out of text that was typed or pasted. Nothing but text in and pairs out.

/** Words before a question and before an answer, in the languages of the pages; bold and items of Markdown are seen through. */
const before = (words) => new RegExp(`^[\\s*#>-]*(?:${words})\\s*\\d*\\s*\\**\\s*[:：]\\s*\\**\\s*(.*)$`, "iu");
const ASKS = before("q|question|f|frage|p|pregunta|pergunta");
const SAYS = before("a|answer|antwort|r|respuesta|réponse|reponse|resposta");
const HEADS = /^(q|a|questions?|answers?|fragen?|antwort(en)?|preguntas?|respuestas?|réponses?|perguntas?|respostas?)$/iu;
const ENDS = /[?？؟]["»”’')\]]*$/u;
const SPLITS = [["\t", /\t/], ["|", /^\s*\||\s\|\s/], [";", /;/], [",", /,/]];

/**
 * Questions with their answers out of text that was typed or pasted: `Q:` and `A:` lines, a table of two columns, or questions that end
 * with a question mark with the answer below. Gives the pairs with their lines, and what was not understood with why.
 */
export function readPairs(text, { question: longest, answer: most, pairs: room }) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const found = lines.some((line) => ASKS.test(line)) ? readMarked(lines) : readTable(lines) ?? readBelow(lines);
  const [pairs, problems, asked] = [[], [...found.problems], new Map()];
  for (const { line, raw, ...pair } of found.pairs) {
    const [question, answer] = [pair.question.trim(), pair.answer.trim()];
    const name = question.toLowerCase();
    const wrong = (why, ...values) => problems.push({ line, raw, why, values });
    if (!question) wrong("noQuestion");
    else if (!answer) wrong("noAnswer");
    else if ([...question].length > longest) wrong("longQuestion", longest);
    else if ([...answer].length > most) wrong("longAnswer", most);
    else if (asked.has(name)) wrong("twice", asked.get(name));
    else if (pairs.length === room) wrong("tooMany", room);
    else {
      pairs.push({ question, answer, line });
      asked.set(name, line);
    }
  }
  return { pairs, problems: problems.sort((one, other) => one.line - other.line) };
}

/** Lines that say what they are. */
function readMarked(lines) {
  const [pairs, problems] = [[], []];
  let last, part;
  lines.forEach((text, at) => {
    const [question, answer] = [ASKS.exec(text)?.[1], SAYS.exec(text)?.[1]];
    if (question !== undefined) {
      pairs.push((last = { line: at + 1, raw: text, question, answer: "" }));
      part = "question";
    } else if (last && answer !== undefined && part === "question") {
      [last.raw, last.answer, part] = [`${last.raw}\n${text}`, answer, "answer"];
    } else if (last) {
      // It goes on over several lines.
      [last.raw, last[part]] = [`${last.raw}\n${text}`, `${last[part]}${part === "answer" ? "\n" : " "}${answer ?? text.trim()}`];
    } else if (text.trim()) problems.push({ line: at + 1, raw: text, why: "noQuestion", values: [] });
  });
  return { pairs, problems };
}

/** A table, if the lines are one: most of them have the same sign between two cells. */
function readTable(lines) {
  const filled = lines.filter((line) => line.trim());
  const split = SPLITS.find(([sign, is]) => {
    const rows = filled.filter((line) => is.test(line)).length;
    // Commas and semicolons stand in sentences too: only a head or quoted cells tell that it is a table.
    const sure = sign === "\t" || sign === "|" || cellsOf(filled[0] ?? "", sign).every((cell) => HEADS.test(cell)) || /^"/.test(filled[0] ?? "");
    return sure && rows > 0 && rows * 2 >= filled.length;
  });
  if (!split) return undefined;
  const [pairs, problems] = [[], []];
  for (const { line, raw, cells } of rowsOf(lines, split[0])) {
    if (cells.length > 1 && cells.slice(0, 2).every((cell) => HEADS.test(cell))) continue;
    if (cells.every((cell) => /^:?-*:?$/.test(cell))) continue;
    if (cells.slice(2).some(Boolean)) problems.push({ line, raw, why: "columns", values: [] });
    else pairs.push({ line, raw, question: cells[0], answer: cells[1] ?? "" });
  }
  return { pairs, problems };
}

/** Rows with their cells; a cell in quotes may go on over several lines. */
function rowsOf(lines, sign) {
  const rows = [];
  for (let at = 0; at < lines.length; at++) {
    const line = at + 1;
    let raw = lines[at];
    const isOpen = () => sign !== "|" && opens(raw, sign);
    while (isOpen() && at + 1 < lines.length) raw += `\n${lines[++at]}`;
    rows.push({ line, raw, cells: cellsOf(raw, sign) });
  }
  return rows;
}

/** Whether a cell in quotes has no end yet. */
const opens = (raw, sign) => (raw.match(new RegExp(`(^|\\${sign})\\s*"`)) ? (raw.match(/"/g) ?? []).length % 2 === 1 : false);

function cellsOf(raw, sign) {
  if (sign === "|") return raw.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());
  const cells = [""];
  let quoted = false;
  for (let at = 0; at < raw.length; at++) {
    const [one, last] = [raw[at], cells.length - 1];
    if (quoted && one === '"' && raw[at + 1] === '"') {
      // Twice stands for itself.
      cells[last] += one;
      at += 1;
    } else if (one === '"' && (quoted || !cells[last].trim())) quoted = !quoted;
    else if (one === sign && !quoted) cells.push("");
    else cells[last] += one;
  }
  return cells.map((cell) => cell.trim());
}

/** A question is a line with a question mark at its end that begins a paragraph; its answer is what follows until the next. */
function readBelow(lines) {
  const [pairs, problems] = [[], []];
  let last;
  lines.forEach((text, at) => {
    const begins = at === 0 || !lines[at - 1].trim();
    if (begins && ENDS.test(text.trim())) pairs.push((last = { line: at + 1, raw: text, question: text.replace(/^[\s*#>-]+/, ""), answer: "" }));
    else if (last) [last.raw, last.answer] = [`${last.raw}\n${text}`, `${last.answer}\n${text.trim()}`];
    else if (text.trim()) problems.push({ line: at + 1, raw: text, why: "noQuestion", values: [] });
  });
  return { pairs, problems };
}
