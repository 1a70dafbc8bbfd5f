-- wrk: asks for one of N objects, /disk/0.bin to /disk/N-1.bin, each as likely as any other.
-- Usage: wrk … -s uniform.lua URL -- N SEED
local objects

function init(args)
    objects = tonumber(args[1])
    math.randomseed(tonumber(args[2]))
end

function request()
    return wrk.format("GET", "/disk/" .. math.random(0, objects - 1) .. ".bin")
end
