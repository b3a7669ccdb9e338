"""The least that a webhook can be: a Flask route that checks the signature and returns fixed TwiML."""

import os

from flask import Flask, Response, request
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

app = Flask(__name__)
_TOKEN = os.environ["TWILIO_AUTH_TOKEN"]
_URL = os.environ["PUBLIC_URL"]


@app.post("/sms")
def sms() -> Response:
    signature = request.headers.get("X-Twilio-Signature", "")
    if not RequestValidator(_TOKEN).validate(_URL + request.path, request.form, signature):
        return Response(status=403)
    response = MessagingResponse()
    response.message("Acne scars are lasting changes in the skin after a spot heals.")
    return Response(str(response), mimetype="text/xml")
