// Many goroutines that each sleep: prints the most memory in bytes that was ever resident.
package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"syscall"
	"time"
)

func main() {
	count, _ := strconv.Atoi(os.Args[1])
	seconds, _ := strconv.Atoi(os.Args[2])
	var waiting sync.WaitGroup
	for i := 0; i < count; i++ {
		waiting.Add(1)
		go func() {
			defer waiting.Done()
			time.Sleep(time.Duration(seconds) * time.Second)
		}()
	}
	waiting.Wait()
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	fmt.Print(usage.Maxrss * 1024)
}
