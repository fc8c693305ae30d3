// Checks our proof files with Go's own checksum database code, which knows nothing of ours.
// Usage: check VKEY PROOF ENTRY          an entry under a checkpoint
//        check VKEY OLD-PROOF NEW-PROOF HASHES   one tree begins with the other
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
	return value
}

func read(name, vkey string) (index int64, hashes []tlog.Hash, tree tlog.Tree) {
	head, signed, _ := strings.Cut(string(must(os.ReadFile(name))), "\n\n")
	lines := strings.Split(head, "\n")
	must(fmt.Sscanf(lines[1], "index %d", &index))
	key := must(note.NewVerifier(vkey))
	opened := must(note.Open([]byte(signed), note.VerifierList(key)))
	return index, decode(lines[2:]), must(tlog.ParseTree([]byte("go.sum database tree\n" + strings.SplitN(opened.Text, "\n", 2)[1])))
}

func decode(lines []string) (hashes []tlog.Hash) {
	for _, line := range lines {
		hashes = append(hashes, tlog.Hash(must(base64.StdEncoding.DecodeString(line))))
	}
	return hashes
}

func main() {
	index, hashes, tree := read(os.Args[2], os.Args[1])
	if len(os.Args) == 4 {
		entry := tlog.RecordHash(must(os.ReadFile(os.Args[3])))
		must(0, tlog.CheckRecord(hashes, tree.N, tree.Hash, index, entry))
	} else {
		_, _, newer := read(os.Args[3], os.Args[1])
		proof := decode(strings.Fields(string(must(os.ReadFile(os.Args[4])))))
		must(0, tlog.CheckTree(proof, newer.N, newer.Hash, tree.N, tree.Hash))
	}
	fmt.Println("ok")
}
