# Cuts C++ files into batches that a compiler can read as one: each batch is a file of includes, written
# into `folder`. A batch holds files of one top folder, up to a number of lines, and no two files that say
# the same name in an unnamed namespace.
# usage: awk -v folder=FOLDER -f lint_batches.awk FILE.cpp...

function close_file(  batch, name, clash) {
    if (file == "") return
    for (batch = 1; ; batch++) {
        if (!((room, batch) in size)) break
        if (size[room, batch] + lines > 5000) continue
        clash = 0
        for (name in names) if ((room, batch, name) in taken) clash = 1
        if (!clash) break
    }
    batch_file = folder "/" room "_" batch ".cpp"
    if (!((room, batch) in size) && room == "tests") begin_tests()
    print "#include \"" file "\"" >batch_file
    size[room, batch] += lines
    for (name in names) taken[room, batch, name]
}

# Many tests are one program here: none has a main of its own.
function begin_tests(  count, kinds, k) {
    print "#include <QtTest>" >batch_file
    count = split("QTEST_MAIN QTEST_GUILESS_MAIN QTEST_APPLESS_MAIN", kinds, " ")
    for (k = 1; k <= count; k++) print "#undef " kinds[k] "\n#define " kinds[k] "(test)" >batch_file
}

FNR == 1 {
    close_file()
    file = FILENAME
    room = substr(file, 1, index(file, "/") - 1)
    lines = unnamed = 0
    split("", names)
}
{ lines++ }
/^namespace \{$/ { unnamed = 1; next }
/^\}  \/\/ namespace$/ { unnamed = 0 }
/^int main\(/ { names["main"] }
# What is declared there begins a line: the word after class, struct, enum, using; every word before " = ";
# else the word before the first bracket or brace.
unnamed && /^[A-Za-z]/ {
    declaration = $0
    if (sub(/^(class|struct|union|enum class|enum|using) +/, "", declaration)) {
        sub(/[^A-Za-z0-9_].*/, "", declaration)
        names[declaration]
    } else if (index(declaration, " = ")) {
        while (match(declaration, /[A-Za-z0-9_]+(\[[^\]]*\])? = /)) {
            name = substr(declaration, RSTART, RLENGTH)
            declaration = substr(declaration, RSTART + RLENGTH)
            sub(/[^A-Za-z0-9_].*/, "", name)
            names[name]
        }
    } else {
        sub(/ *[(\[{;].*/, "", declaration)
        sub(/.*[^A-Za-z0-9_]/, "", declaration)
        if (declaration != "") names[declaration]
    }
}
END { close_file() }
