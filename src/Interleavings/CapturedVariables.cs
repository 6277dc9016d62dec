using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace ConcurrencyLab.Interleavings;

/// <summary>
/// Finds what tasks share without the scheduler's seeing it, by reading their compiled code: plain variables, elements of
/// arrays, collections, real locks and threads. Two tasks that touch the same of them, one of them changing it, may do so in
/// orders that are never tried.
/// </summary>
internal static class CapturedVariables
{
    public static IEnumerable<string> SharedBy(ProgramBuilder builder)
    {
        var all = new List<(string Name, Touches Touches, Touches? StartedBy)>();
        foreach (var (name, code) in builder.Tasks.Select(task => task.Name).Zip(builder.Codes).Concat(builder.Invariants.Select(check => ("an invariant", (Delegate)check.Holds))))
        {
            var touches = Touches.Of(code);
            all.Add((name, touches, null));
            // Two of the same may run beside each other, too.
            all.AddRange(touches.Started.SelectMany(started => new[] { ($"what {name} starts", started, (Touches?)touches), ($"what {name} starts", started, touches) }));
        }

        foreach (var (name, touches, _) in all)
        {
            foreach (var unseen in touches.Unseen)
            {
                yield return $"{unseen} in {name}";
            }
        }

        for (var i = 0; i < all.Count; i++)
        {
            for (var j = i + 1; j < all.Count; j++)
            {
                var ((one, mine, _), (other, theirs, startedBy)) = (all[i], all[j]);
                foreach (var (place, changes) in startedBy == mine ? mine.AfterStart : mine.Places)
                {
                    // What a lambda captures of the task that starts it may be made anew for each.
                    if (theirs.Places.TryGetValue(place, out var changesToo) && (changes || changesToo) && (mine != theirs || !place.IsOwn))
                    {
                        yield return $"{place.Name}, which {one} and {other} share: it does not come from program";
                    }
                }
            }
        }
    }

    /// <summary>Something that a task's code touches.</summary>
    /// <param name="Owner">The object that holds it; null when that is not known.</param>
    /// <param name="Name">Its name in the code.</param>
    /// <param name="IsOwn">A local variable of the task, which only tasks that it starts can see.</param>
    private readonly record struct Place(object? Owner, string Name, bool IsOwn = false)
    {
        public bool Equals(Place other) => ReferenceEquals(Owner, other.Owner) && Name == other.Name;

        public override int GetHashCode() => HashCode.Combine(Owner is null ? 0 : RuntimeHelpers.GetHashCode(Owner), Name);
    }

    private sealed class Touches
    {
        private static readonly string[] Changing =
            ["Add", "Append", "Clear", "Dequeue", "Enqueue", "Except", "GetOrAdd", "Insert", "Intersect", "Pop", "Push", "Remove", "Replace", "Reverse", "set_", "Sort", "Symmetric", "Take", "Try", "Union", "Update"];

        private static readonly Type[] Real =
        [
            typeof(Monitor), typeof(Lock), typeof(SemaphoreSlim), typeof(WaitHandle), typeof(Barrier), typeof(CountdownEvent),
            typeof(ManualResetEventSlim), typeof(ReaderWriterLockSlim), typeof(Thread), typeof(ThreadPool), typeof(Parallel), typeof(SpinLock), typeof(CancellationTokenSource),
        ];

        private static readonly string[] Libraries = ["System", "Microsoft", "mscorlib", "netstandard", "xunit"];

        private readonly Dictionary<Type, object> _owners = [];
        private readonly HashSet<MethodBase> _followed = [];

        private object _root = new();
        private bool _hasStarted;

        /// <summary>What it touches, and whether it changes it.</summary>
        public Dictionary<Place, bool> Places { get; } = [];

        /// <summary>What of that comes after it has started another task.</summary>
        public Dictionary<Place, bool> AfterStart { get; } = [];

        /// <summary>What the tasks touch that it starts.</summary>
        public List<Touches> Started { get; } = [];

        public SortedSet<string> Unseen { get; } = new(StringComparer.Ordinal);

        public static Touches Of(Delegate code)
        {
            var touches = new Touches();
            try
            {
                touches.Own(code.Target);
                touches.Follow(code.Method);
            }
            catch (Exception error) when (error is ArgumentException or BadImageFormatException or NotSupportedException or InvalidOperationException)
            {
                touches.Unseen.Add("variables that it captures, for its code cannot be read");
            }

            return touches;
        }

        private void Follow(MethodBase method)
        {
            if (!_followed.Add(method) || !IsReaders(method.Module.Assembly))
            {
                return;
            }

            if (method.GetCustomAttribute<StateMachineAttribute>() is { } machine)
            {
                foreach (var part in machine.StateMachineType.GetMethods(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
                {
                    Follow(part);
                }
            }

            var code = IlReader.Read(method);
            var changesElements = code.Exists(one => one.Code.Name!.StartsWith("stelem", StringComparison.Ordinal) || one.Code == OpCodes.Ldelema);
            var starts = code.Exists(one => IsStart(one.Operand));
            for (var i = 0; i < code.Count; i++)
            {
                _hasStarted |= IsStart(code[i].Operand);
                switch (code[i].Operand)
                {
                    case MethodBase body when starts && code[i].Code == OpCodes.Ldftn:
                        var started = new Touches { _root = _root };
                        foreach (var (type, owner) in _owners)
                        {
                            started._owners[type] = owner;
                        }

                        started.Follow(body);
                        Started.Add(started);
                        Started.AddRange(started.Started);
                        break;
                    case FieldInfo field when code[i].Code != OpCodes.Ldtoken:
                        Touch(field, code[i].Code, code, i, changesElements);
                        break;
                    case MethodBase called when code[i].Code != OpCodes.Ldtoken:
                        Called(called);
                        Follow(called);
                        break;
                }
            }
        }

        private void Touch(FieldInfo field, OpCode how, List<(OpCode Code, object? Operand)> code, int at, bool changesElements)
        {
            if (field.IsInitOnly && !field.FieldType.IsArray && !IsCollection(field.FieldType) || IsMachinery(field))
            {
                return;
            }

            var owner = field.IsStatic ? field.DeclaringType : _owners.GetValueOrDefault(field.DeclaringType!);
            var value = owner is null ? null : field.GetValue(field.IsStatic ? null : owner);
            var isOwn = owner is null && field.DeclaringType!.IsDefined(typeof(CompilerGeneratedAttribute));
            var name = Readable(field);
            owner = isOwn ? _root : owner;
            if (typeof(ControlledObject).IsAssignableFrom(field.FieldType.IsArray ? field.FieldType.GetElementType() : field.FieldType))
            {
                Note(new Place(owner, name, isOwn), how == OpCodes.Stfld || how == OpCodes.Stsfld);
                return;
            }

            Note(new Place(owner, name, isOwn), how == OpCodes.Stfld || how == OpCodes.Stsfld || (how == OpCodes.Ldflda || how == OpCodes.Ldsflda) && !IsOnlyAsked(code, at));
            if (field.FieldType.IsArray)
            {
                var index = Index(code, at + 1);
                Note(new Place(value ?? owner, index is null ? $"{name}[…]" : $"{name}[{index}]", isOwn), changesElements);
            }
            else if (IsCollection(field.FieldType) && code.Exists(one => one.Operand is MethodBase called && called.DeclaringType is { } type
                && type.IsAssignableFrom(value?.GetType() ?? field.FieldType) && Array.Exists(Changing, start => called.Name.StartsWith(start, StringComparison.Ordinal))))
            {
                Note(new Place(value ?? owner, $"what is in {name}", isOwn), true);
            }
            else if (IsCollection(field.FieldType))
            {
                Note(new Place(value ?? owner, $"what is in {name}", isOwn), false);
            }
        }

        private void Called(MethodBase method)
        {
            var type = method.DeclaringType!;
            if (Array.Exists(Real, real => real.IsAssignableFrom(type)) && method.Name is not ("get_CurrentThread" or "get_ManagedThreadId")
                || type == typeof(Task) && method.Name is "Run" or "Delay" || typeof(TaskFactory).IsAssignableFrom(type))
            {
                Unseen.Add($"{type.Name}.{method.Name.Replace("get_", "", StringComparison.Ordinal)}, a real one,");
            }
        }

        private void Note(Place place, bool changes)
        {
            Places[place] = Places.GetValueOrDefault(place) || changes;
            if (_hasStarted)
            {
                AfterStart[place] = AfterStart.GetValueOrDefault(place) || changes;
            }
        }

        private static bool IsStart(object? called) =>
            called is MethodBase { Name: nameof(ProgramBuilder.Start) or nameof(ProgramBuilder.Run) } method && method.DeclaringType == typeof(ProgramBuilder);

        /// <summary>The number that an element is asked for by: written there, or a captured variable's value.</summary>
        private int? Index(List<(OpCode Code, object? Operand)> code, int at)
        {
            if (code[at].Operand is int number)
            {
                return number;
            }

            for (object? from = null; at < code.Count && (code[at].Code == OpCodes.Ldarg_0 || code[at].Operand is FieldInfo); at++)
            {
                if (code[at].Operand is FieldInfo { IsStatic: false } field)
                {
                    from = _owners.GetValueOrDefault(field.DeclaringType!) is { } owner ? field.GetValue(owner) : null;
                    if (from is int value)
                    {
                        return value;
                    }
                }
            }

            return null;
        }

        /// <summary>What lambdas of this task capture, and what those capture in turn.</summary>
        private void Own(object? target)
        {
            if (target is null || !_owners.TryAdd(target.GetType(), target) || !IsReaders(target.GetType().Assembly))
            {
                return;
            }

            foreach (var field in target.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
            {
                if (field.Name.StartsWith("CS$<>", StringComparison.Ordinal) || field.Name == "<>4__this")
                {
                    Own(field.GetValue(target));
                }
                else if (typeof(Delegate).IsAssignableFrom(field.FieldType) && field.GetValue(target) is Delegate captured)
                {
                    Own(captured.Target);
                    Follow(captured.Method);
                }
            }
        }

        private static bool IsOnlyAsked(List<(OpCode Code, object? Operand)> code, int at) =>
            at + 1 < code.Count && code[at + 1].Operand is MethodBase { Name: "ToString" or "GetHashCode" or "Equals" or "CompareTo" };

        /// <summary>Fields that the compiler made for itself.</summary>
        private static bool IsMachinery(FieldInfo field) =>
            field.Name.StartsWith("CS$<>", StringComparison.Ordinal) || field.Name.StartsWith("<>", StringComparison.Ordinal)
            || field.DeclaringType!.IsAssignableTo(typeof(IAsyncStateMachine)) || typeof(Delegate).IsAssignableFrom(field.FieldType)
            || field.FieldType == typeof(ProgramBuilder) || !IsReaders(field.DeclaringType.Assembly);

        private static string Readable(FieldInfo field) =>
            field.Name.StartsWith('<') && field.Name.IndexOf('>', StringComparison.Ordinal) is > 1 and var end ? field.Name[1..end] : field.Name;

        private static bool IsCollection(Type type) => type.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) == true
            && type.Namespace is not ("System.Collections.Immutable" or "System.Collections.Frozen") || type == typeof(System.Text.StringBuilder);

        private static bool IsReaders(Assembly assembly) => assembly != typeof(CapturedVariables).Assembly
            && !Array.Exists(Libraries, start => assembly.GetName().Name!.StartsWith(start, StringComparison.Ordinal));
    }
}
