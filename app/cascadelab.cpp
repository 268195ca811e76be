// The window's program.
int main() {
    return 0;
}
