"""A text-message line that answers questions about acne scars.

The words: a *message* is what one person texted, once; a *sender* what we remember of who texted, never a number; a
*topic* one thing that the clinic answers; a *control* a want that is no topic (menu, stop); a *keyword* what people
type for either; a *meaning* what a word says, whatever its language; an *answer* a topic's short text, which ends with
the *reminder* to see a dermatologist early; a *reply* what goes back; an *outcome* what one message leads to: a reply
or silence, and the sender as we now know them. The *library* holds all topics and keywords, the *phrasebook* every text
in every language. A *segment* is the unit that an SMS is billed in.

Read the modules in this order; each imports only what stands above it.

==============  =====================================================================================
model           the nouns, frozen
folding         what people type, made comparable; `tones` for Vietnamese
text            its words and letters; `redact` what may be kept of it
places          where content/ and locales/ lie; `kept` what takes long to make out of such files
segments        how a text travels, and what it costs; `division` where one that is too long is divided
languages       own names, direction, scripts, a country's likely ones; `cldr` where that comes from
problems        a mistake in what people write for us, said so that they can mend it
review          a clinician's signature under a topic, until when it holds, and which text it was
letters         how runs of letters, and lists of words, speak for each language: `learned`, as a file holds it
keywords        what people type for each meaning, topic and control, in one language; `entries` how that is written,
                `compiled` what was read
lexicon         every word of every keyword file, indexed; `halves` finds the misspelled ones, `spots` where a text
                touches it
sightings       which meanings and phrases stand in a text, in one language
weights         how loudly each meaning speaks for each topic: learned
detect          which language a text is in
reading         a text as read: its words, its languages, what stands in it
learn           what the weights are learned from; `ordinary` words of every language teach what is not ours, `hear`
                learns the letters, `regression` the numbers
topics          what we may say, in English, read from content/topics/ and checked as it is read
content         the library: the topics, and what people type for them
catalogues      gettext catalogues as files; `extract` gives translators the English; `translations` what may be sent
phrases         every text in every language, from content/ and locales/
days            a decent hour where somebody is, and the names of days
understand      what the sender wants, how sure we are, and why; `acts` are stop and start
offers          what people choose from
compose         the words of a reply; `pickers` an offer as a list or buttons
answer          the whole conversation: one message leads to one outcome
plain           letters that cost less by SMS
prices          what messages cost, from a table that the operator may replace
pictures        the drawings, as PNG at addresses that nobody can guess
fit             a reply as it goes over its channel
taught          the library with phrases that staff have taught; `trial` what one more would change
(the line)      nothing above it does I/O after loading, reads a clock or an environment
tables          what is kept; `statements` how, `rows` in which form, `transaction` one message of it,
                `deliveries` what became of what was sent, `database` where, `connections` to it, `patience` how long
                to wait, `breaker` when not to ask
settings        what the operator decides; `values` the forms it may take, `envfile` the file .env
identity        who wrote, without keeping a number
figures         what the staff may see of what was counted; `totals` the tallies added up, `spending` what was sent and
                about what it cost
timings         how long answers took, counted by all processes together
store           what we remember, and how to forget it; `backup` a copy of it in a file
teaching        what staff have taught, where all processes learn of it
unread          the texts that were not understood; `likeness` puts alike ones together
send            what leaves through Twilio's API: lists, buttons, reminders
line            everything that answering needs, put together
receive         one message from arrival to reply
readability     how hard an English text is to read
check           whether every text is plain, allowed and signed, and every reply fits, in every language
booklet         every text on one page, to read, print and sign; `sides` puts its translations beside each, `sign`
                writes a signature into a topic's file
costs           what a conversation costs in each language, and what makes it dear
keyword_files   what staff have taught, written into content/keywords/
poster          the sheet for a waiting room, with its codes; `printing` makes PDF and PNG of it
signature       whether Twilio sent a form; `twiml` what it takes for an answer
forms           what Twilio's forms say
webhook         Twilio's door; `monitoring` Prometheus's
pages           what anybody may see; `privacy` the page that says what is kept, `headers` what browsers may do with it
attempts        how often somebody may try a password
staff           the pages for a clinic's staff; `simulator` the one that plays a phone, `everywhere` all its
                languages at once
cli             the command line
app, wsgi       the program, put together; `serving` how gunicorn runs it, `logs` what a line of the log is
==============  =====================================================================================
"""
