-- wrk sends each request of the file once, in order, from the one behind BEHIND others: "signature<TAB>body" a line.
-- Each connection pauses PAUSE_MS before a request, half of it to half as long again: people do not text in step.
local lines, first, only = {}, tonumber(os.getenv("BEHIND") or "0"), nil
local pause = tonumber(os.getenv("PAUSE_MS") or "0")
for line in io.lines(os.getenv("REQUESTS")) do
  lines[#lines + 1] = line
end
-- Global: `done` runs apart from the thread that sends, and asks it for this.
at = first
setup = function(thread)
  only = thread
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
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %.3f %.3f\n", summary.requests, summary.duration,
    errors.status + errors.timeout + errors.read + errors.connect, only:get("at") - first,
    latency:percentile(99) / 1000, latency:percentile(50) / 1000))
end
