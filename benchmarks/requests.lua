-- wrk sends each request of the file once, in order: "signature<TAB>body" a line.
local lines, at = {}, 0
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
done = function(summary, latency)
  io.write(string.format("RESULT %d %d %d %d %.3f %.3f\n", summary.requests, summary.duration,
    summary.errors.status + summary.errors.timeout + summary.errors.read + summary.errors.connect, at, latency:percentile(99) / 1000, latency:percentile(50) / 1000))
end
