using System;
using System.Threading;

namespace Converge.Probing;

/// <summary>Counts what ended, and the longest time without a good answer.</summary>
internal sealed class ProbeTally(TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _lastAnswered = time.GetTimestamp();
    private TimeSpan _longest;
    private int _requests;
    private int _failed;

    public ProbeReport Report
    {
        get
        {
            lock (_lock)
            {
                return new ProbeReport(_requests, _failed, Longest(time.GetTimestamp()));
            }
        }
    }

    public void Answered()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _longest = Longest(now);
            _lastAnswered = now;
            _requests++;
        }
    }

    /// <summary>Which failure it was, from 1.</summary>
    public int Failed()
    {
        lock (_lock)
        {
            _requests++;
            return ++_failed;
        }
    }

    private TimeSpan Longest(long now)
    {
        var gap = time.GetElapsedTime(_lastAnswered, now);
        return gap > _longest ? gap : _longest;
    }
}
