-- wrk: another session with each request. Arguments: prefix, count, step, first.
local prefix, count, step, first
local n = 0
function init(args)
   prefix = args[1] or "bench-"; count = tonumber(args[2] or "50"); step = tonumber(args[3] or "2"); first = tonumber(args[4] or "0")
   n = math.random(count)
   zip = args[5] == "zip"
end
function request()
   n = (n + 7) % count
   wrk.headers["Cookie"] = "tm_session=" .. prefix .. (first + n * step)
   if zip then wrk.headers["Accept-Encoding"] = "gzip" end
   return wrk.format("GET")
end
