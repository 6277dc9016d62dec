namespace ConcurrencyLab.Tests;

/// <summary>Attempts of chapter 09: to ask and to act, with nobody between.</summary>
public sealed partial record PythonAttempt
{
    private static IEnumerable<PythonAttempt> SharedPot
    {
        get
        {
            yield return Right("SharedPot", "asked twice, the second time under the lock", """
                from threading import Lock

                def shared_pot(brew):
                    pot, lock = [], Lock()
                    def pour():
                        if not pot:
                            with lock:
                                if not pot:
                                    pot.append(brew())
                        return pot[0]
                    return pour
                """);
            yield return Right("SharedPot", "a class", """
                from threading import RLock

                class Pot:
                    def __init__(self, brew):
                        self.brew, self.lock, self.full = brew, RLock(), False
                    def pour(self):
                        self.lock.acquire()
                        try:
                            if not self.full:
                                self.coffee = self.brew()
                                self.full = True
                            return self.coffee
                        finally:
                            self.lock.release()

                def shared_pot(brew):
                    return Pot(brew).pour
                """);
            yield return Right("SharedPot", "a cache under a lock", """
                from functools import lru_cache
                from threading import Lock

                def shared_pot(brew):
                    kept, lock = lru_cache(brew), Lock()
                    def pour():
                        with lock:
                            return kept()
                    return pour
                """);
            yield return Wrong("SharedPot", "a cache alone", "pots were brewed", """
                from functools import lru_cache

                def shared_pot(brew):
                    return lru_cache(brew)
                """);
            yield return Wrong("SharedPot", "a lock for each call", "pots were brewed", """
                from threading import Lock

                def shared_pot(brew):
                    pot = []
                    def pour():
                        with Lock():
                            if not pot:
                                pot.append(brew())
                        return pot[0]
                    return pour
                """);
            yield return Wrong("SharedPot", "a lock after the question", "pots were brewed", """
                from threading import Lock

                def shared_pot(brew):
                    pot, lock = [], Lock()
                    def pour():
                        if not pot:
                            with lock:
                                pot.append(brew())
                        return pot[0]
                    return pour
                """);
            yield return Wrong("SharedPot", "brewed beforehand", "It brewed before anybody poured", """
                def shared_pot(brew):
                    coffee = brew()
                    return lambda: coffee
                """);
            yield return Wrong("SharedPot", "a lock that an error keeps", "the next thread waits for ever", """
                from threading import Lock

                def shared_pot(brew):
                    pot, lock = [], Lock()
                    def pour():
                        lock.acquire()
                        if not pot:
                            pot.append(brew())
                        lock.release()
                        return pot[0]
                    return pour
                """);
            yield return Wrong("SharedPot", "an error that nobody hears", "let the error out", """
                from threading import Lock

                def shared_pot(brew):
                    pot, lock = [], Lock()
                    def pour():
                        with lock:
                            try:
                                if not pot: pot.append(brew())
                                return pot[0]
                            except OSError:
                                return None
                    return pour
                """);
            yield return Wrong("SharedPot", "nothing to pour", "instead of the function that pours", """
                def shared_pot(brew):
                    return None
                """);
            yield return Wrong("SharedPot", "only the first gets any", "A thread got None", """
                from threading import Lock

                def shared_pot(brew):
                    pot, lock = [], Lock()
                    def pour():
                        with lock:
                            if not pot:
                                pot.append(brew())
                                return pot[0]
                    return pour
                """);
        }
    }
}
