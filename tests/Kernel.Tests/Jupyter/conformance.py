"""The kernel against jupyter_kernel_test, Jupyter's own check of the protocol."""
import sys
import time
import unittest

import jupyter_kernel_test


class CSharpKernel(jupyter_kernel_test.KernelTests):
    kernel_name = sys.argv[1]
    language_name = "C#"
    file_extension = ".cs"
    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("test");'
    code_execute_result = [
        {"code": "6*7", "result": "42"},
        {"code": '"text"', "result": "text"},
    ]
    code_display_data = [{"code": 'HTML("<b>x</b>").Display();', "mime": "text/html"}]
    code_generate_error = "throw new InvalidOperationException();"
    code_clear_output = "ClearOutput();"
    code_inspect_sample = "Console.WriteLine"
    complete_code_samples = ["1+1", "var x = 5;", 'Console.WriteLine("a");\nfor (var i = 0; i < 3; i++) { }']
    incomplete_code_samples = ["void F() {", "var x =", 'Console.WriteLine("a"'.rstrip()]
    invalid_code_samples = ["int 3x = ;"]
    completion_samples = [
        {"text": "Console.WriteL", "matches": {"WriteLine"}},
        {"text": '"".Subs', "matches": {"Substring"}},
    ]
    code_history_pattern = "6?7*"
    supported_history_operations = ("tail", "range", "search")
    code_page_something = ""

    def setUp(self):
        # Everything is loaded from here on: the check waits one second for each message, and asks for a completion once.
        self.flush_channels()
        self.execute_helper("1+1", timeout=60)
        deadline = time.monotonic() + 60
        for sample in self.completion_samples:
            while not self.completes(sample["text"]):
                self.assertLess(time.monotonic(), deadline, f"no completion of {sample['text']} after a minute")

    def completes(self, code):
        self.kc.complete(code, len(code))
        return self.kc.get_shell_msg(timeout=60)["content"]["matches"]

    def test_stdin(self):
        self.flush_channels()
        message = self.kc.execute('var name = input("Name? "); Console.Write(name);', allow_stdin=True)
        question = self.kc.get_stdin_msg(timeout=10)
        self.assertEqual(question["content"], {"prompt": "Name? ", "password": False})
        self.kc.input("Ada")
        reply = self.kc.get_shell_msg(timeout=10)
        self.assertEqual(reply["content"]["status"], "ok")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
