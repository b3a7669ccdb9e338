// NLP.js, trained on the labelled messages of standard input's first line; then answers each line that follows.
// A line: {"text": …}; an answer: {"topic": …, "lang": …, "ms": …}.
const readline = require("readline");
const { containerBootstrap } = require("@nlpjs/core");
const { Nlp } = require("@nlpjs/nlp");
const { LangAll } = require("@nlpjs/lang-all");

async function main() {
  const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const { languages, messages } = JSON.parse((await lines.next()).value);
  const container = await containerBootstrap();
  container.use(Nlp);
  container.use(LangAll);
  const nlp = container.get("nlp");
  nlp.settings.autoSave = false;
  nlp.settings.modelFileName = "";
  nlp.settings.log = false;
  languages.forEach((language) => nlp.addLanguage(language));
  messages.forEach(({ lang, text, topic }) => nlp.addDocument(lang, text, topic));
  console.error = console.log = () => {};
  await nlp.train();
  for await (const line of lines) {
    const started = process.hrtime.bigint();
    const answer = await nlp.process(JSON.parse(line).text);
    const ms = Number(process.hrtime.bigint() - started) / 1e6;
    process.stdout.write(JSON.stringify({ topic: answer.intent, lang: answer.localeIso2, ms }) + "\n");
  }
}
main();
