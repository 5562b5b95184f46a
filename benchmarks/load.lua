-- Takes tickets: each request has a key of its own and the next service of the list.
-- Arguments after `--`: the seed of this run, then the service ids.
local services, count, bodies = {}, 0, {}

function init(arguments)
  math.randomseed(tonumber(arguments[1]) + 7919 * tonumber(tostring({}):match("0x(%x+)"), 16) % 1000003)
  for i = 2, #arguments do
    services[#services + 1] = arguments[i]
    bodies[#bodies + 1] = '{"service":"' .. arguments[i] .. '"}'
  end
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end

function request()
  count = count + 1
  if #bodies == 0 then return wrk.format(nil, nil, nil, "") end
  local r = math.random
  wrk.headers["Idempotency-Key"] = string.format("%04x%04x-%04x-4%03x-8%03x-%04x%04x%04x",
    r(0, 65535), r(0, 65535), r(0, 65535), r(0, 4095), r(0, 4095), r(0, 65535), r(0, 65535), r(0, 65535))
  return wrk.format(nil, nil, nil, bodies[count % #bodies + 1])
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('JSON {"requests":%d,"micros":%d,"failed":%d,"p50_us":%d,"p99_us":%d}\n', summary.requests,
    summary.duration, errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
