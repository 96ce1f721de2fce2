using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Sessions.Shell;

/// <summary>Reads the answer to one request: puts each item's output, error and end together. Incremental, and pure but for what it tells.</summary>
internal sealed class ExchangeReader : IOutputSink, IMarkerSink
{
    private readonly IReadOnlyList<ExchangeItem> _items;
    private readonly ItemResult?[] _results;
    private readonly Action<ItemProgress> _tell;
    private readonly MarkerScanner _scanner;
    private readonly CappedBuffer _noise = new(0, 4096);
    private readonly TaskCompletionSource<string> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<int> _begun = [];
    private ItemOutput? _running;
    private int _moves;

    public ExchangeReader(IReadOnlyList<ExchangeItem> items, string nonce, Action<ItemProgress> tell)
    {
        (_items, _tell, _results) = (items, tell, new ItemResult?[items.Count]);
        _scanner = new MarkerScanner(nonce, this);
    }

    /// <summary>How the request ended: <c>done</c>, <c>stopped</c>, <c>lost</c> (its shell died), or <c>closed</c> (the channel did).</summary>
    public Task<string> End => _end.Task;

    /// <summary>The item that runs; null between items.</summary>
    public ItemOutput? Running => Volatile.Read(ref _running);

    /// <summary>How many items have begun or were left out; each counts once, however often a host says so.</summary>
    public int Moves => Volatile.Read(ref _moves);

    /// <summary>Results of the items that ended; null for those that did not.</summary>
    public IReadOnlyList<ItemResult?> Results => _results;

    /// <summary>What was printed outside of items, for error messages.</summary>
    public byte[] Noise => _noise.ToArray();

    public void Receive(ReadOnlySpan<byte> chunk) => _scanner.Scan(chunk);

    public void Close()
    {
        _scanner.End();
        _end.TrySetResult("closed");
    }

    void IMarkerSink.Data(ReadOnlySpan<byte> bytes)
    {
        if (_running is { } running)
        {
            running.Write(bytes);
        }
        else if (!_end.Task.IsCompleted)
        {
            _noise.Write(bytes);
        }
    }

    // Only our own shell text knows the nonce, so what makes no sense is passed over: the request then ends without its results.
    void IMarkerSink.Marker(string words)
    {
        // Whoever waited for the end reads what there is by then; nothing may change under their hands.
        if (_end.Task.IsCompleted)
        {
            return;
        }

        switch (words.Split(' '))
        {
            case ["begin", var item, var uptime] when IsItem(item, out var index) && _begun.Add(index):
                Begin(index, Uptime(uptime));
                break;
            case ["stderr", ..]:
                _running?.SwitchToError();
                break;
            case ["done", var item, var code, var uptime, .. var late] when IsItem(item, out var index) && _running?.Index == index && IsNumber(code, out var exitCode):
                Done(_running, exitCode, Uptime(uptime), late is [var why] ? why : null);
                break;
            case ["skip", var item] when IsItem(item, out var index) && _begun.Add(index):
                _results[index] = new ItemResult(null);
                Volatile.Write(ref _moves, _moves + 1);
                break;
            case ["end", var how]:
                _end.TrySetResult(how);
                break;
        }
    }

    private void Begin(int index, TimeSpan? uptime)
    {
        Volatile.Write(ref _moves, _moves + 1);
        Volatile.Write(ref _running, new ItemOutput(index, _items[index], uptime, line => _tell(new(index, ItemPhase.Output, line))));
        _tell(new(index, ItemPhase.Started));
    }

    private void Done(ItemOutput running, int exitCode, TimeSpan? uptime, string? late)
    {
        _results[running.Index] = running.End(exitCode, uptime, late);
        Volatile.Write(ref _running, null);
        _tell(new(running.Index, ItemPhase.Finished));
    }

    private bool IsItem(string text, out int index) => IsNumber(text, out index) && index < _items.Count;

    private static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    // A hostile host may say any number, and what is thrown on the reading thread ends the process.
    private static TimeSpan? Uptime(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 1e10 ? TimeSpan.FromSeconds(seconds) : null;
}
