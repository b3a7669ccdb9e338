-- wrk sends each request of the file once, in order: "signature<TAB>body" a line.
-- Each connection pauses PAUSE_MS before a request, half of it to half as long again: people do not text in step.
local lines, at = {}, 0
local pause = tonumber(os.getenv("PAUSE_MS") or "0")
for line in io.lines(os.getenv("REQUESTS")) do
  lines[#lines + 1] = line
end
request = function()
  at = at + 1
  local signature, body = lines[(at - 1) % #lines + 1]:match("([^\t]*)\t(.*)")
  return wrk.format("POST", "/sms", {
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["X-Twilio-Signature"] = signature,
  }, body)
end
if pause > 0 then
  delay = function() return math.random(math.floor(pause / 2), math.floor(pause * 3 / 2)) end
end
done = function(summary, latency)
  io.write(string.format("RESULT %d %d %d %d %.3f %.3f\n", summary.requests, summary.duration,
    summary.errors.status + summary.errors.timeout + summary.errors.read + summary.errors.connect, at, latency:percentile(99) / 1000, latency:percentile(50) / 1000))
end
