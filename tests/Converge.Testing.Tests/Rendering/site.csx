var greeting = Var("greeting", "Hello");
var password = Secret.FromEnvironment("CONVERGE_TESTS_SECRET_THAT_IS_NOT_SET");
var web = Host("web1", "10.77.0.21");
web.Add(new File("/etc/motd") { Content = Content.Text($"{greeting}, {web.Name}\npassword = {password}\n") });
