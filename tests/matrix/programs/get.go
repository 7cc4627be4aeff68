// Go's own client.
package main

import (
	"fmt"
	"net/http"
	"os"
)

func main() {
	call, _ := http.NewRequest("GET", os.Getenv("ADDRESS"), nil)
	call.SetBasicAuth(os.Getenv("NAME"), os.Getenv("TOKEN"))
	answer, err := http.DefaultClient.Do(call)
	if err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
	fmt.Println(answer.Status)
	if answer.StatusCode != 200 {
		os.Exit(1)
	}
}
