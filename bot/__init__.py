"""A text-message line that answers questions about acne scars.

The words: a *message* is what one person texted, once; a *sender* what we remember of who texted, never a number; a
*topic* one thing that the clinic answers; a *control* a want that is no topic (menu, stop); a *keyword* what people
type for either; an *answer* a topic's short text, which ends with the *reminder* to see a dermatologist early; a
*reply* what goes back; an *outcome* what one message leads to: a reply or silence, and the sender as we now know them.
The *library* holds all topics and keywords, the *phrasebook* every text in every language. A *segment* is the unit
that an SMS is billed in.

Read the modules in this order; each imports only what stands above it.

==============  =====================================================================================
model           the nouns, frozen
text            what people type, made comparable
segments        how a text travels, and what it costs
languages       own names, direction, scripts, a country's likely ones
problems        a mistake in what people write for us, said so that they can mend it
keywords        what people type for each topic and control, in one language
lexicon         every word of every keyword, indexed; `spots` where a text touches it
content         the library, read from content/ and checked as it is read
catalogues      gettext catalogues as files; `extract` gives translators the English
phrases         every text in every language, from content/ and locales/
hits            where keywords stand in a text
detect          which language a text is in
understand      what the sender wants, how sure we are, and why
compose         the words of a reply
answer          the whole conversation: one message leads to one outcome
(the line)      nothing above it does I/O after loading, reads a clock or an environment
tables          what is kept; `statements` how, `transaction` one message of it, `database` where
settings        what the operator decides; `values` the forms it may take
identity        who wrote, without keeping a number
store           what we remember, and how to forget it
receive         one message from arrival to reply
check           whether every reply fits, in every language
webhook         Twilio's door
pages           what a browser sees; `simulator` the page that plays a phone
cli             the command line
app, wsgi       the program, put together; `serving` how gunicorn runs it
==============  =====================================================================================
"""
